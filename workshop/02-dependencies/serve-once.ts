import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callHandler, HandlerFailed } from '../../client/factory/call-handler.ts';
import type { OrderBody } from '../../client/factory/order-client.ts';
import { httpEvent } from '../../functions/runtime/http-event.ts';

/** How a process fared that was started to take one order. */
export interface Service {
  /** The HTTP status of its answer; missing if it did not even start. */
  readonly status?: number;
  readonly totalCents?: number;
  /** Why it did not start. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** Starts a kitchen as a plain Node process, with nothing of this one's environment, and has it take one order. */
export async function serveOnce(file: string, order: OrderBody, signal: AbortSignal): Promise<Service> {
  const temporary = await mkdtemp(join(tmpdir(), 'kitchen-'));
  // Windows starts no process without its root.
  const environment = { TMPDIR: temporary, TMP: temporary, TEMP: temporary, SystemRoot: process.env['SystemRoot'] };
  const headers = { 'content-type': 'application/json' };
  const request = httpEvent('POST', '/orders', { headers, body: JSON.stringify(order) });
  try {
    const answer = await callHandler(file, request, { environment, cwd: temporary, signal });
    const { statusCode, body } = answer as { readonly statusCode: number; readonly body: string };
    const { totalCents } = JSON.parse(body) as { totalCents?: number };
    return { status: statusCode, ...(totalCents !== undefined && { totalCents }) };
  } catch (error) {
    if (error instanceof HandlerFailed && error.isOfStart) {
      return { failure: { code: error.code ?? 'unknown', message: error.message } };
    }
    throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
