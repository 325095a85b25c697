import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { processContext } from '../../functions/runtime/process-context.ts';
import type { CallReport } from './call-handler.ts';
import { loadHandler } from './load-handler.ts';

/**
 * `node handler-process.ts FILE EVENT` calls the handler that a module exports, once. EVENT is the URL of a module of JSON.
 * The process that started it learns over their channel how that went; where there is none, it is printed.
 */
const [file = '', event = ''] = process.argv.slice(2);
const usualTimeoutSeconds = 10;

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const initStart = performance.now();
let callStart: number | undefined;
try {
  const handler = await loadHandler<Handler>(file);
  // Imported, not read, so that Node's watch mode follows the event too.
  const { default: parsed } = (await import(event, { with: { type: 'json' } })) as { default: unknown };
  callStart = performance.now();
  const seconds = Number(process.env['AWS_LAMBDA_FUNCTION_TIMEOUT'] ?? usualTimeoutSeconds);
  const result = await handler(parsed, processContext(randomUUID(), seconds * 1000));
  report({ result: result ?? null }, () => console.log(JSON.stringify(result ?? null, undefined, 2)));
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const failure = { isOfStart: callStart === undefined, message, ...(code !== undefined && { code }) };
  report({ failure }, () => console.error(error));
  process.exitCode = 1;
}

function report(call: CallReport, print: () => void): void {
  if (process.send) {
    process.send(call);
    return;
  }
  const end = performance.now();
  const started = callStart ?? end;
  const [initMs, callMs] = [started - initStart, end - started].map((milliseconds) => milliseconds.toFixed(2));
  const verb = 'result' in call ? 'ended' : 'failed';
  console.error(`${verb} after ${callMs} ms (the source, cold, ${initMs} ms to start)`);
  print();
}
