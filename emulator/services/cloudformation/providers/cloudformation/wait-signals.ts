import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { WireAnswer, WireRequest } from '../../../../wire/http.ts';

/** What is sent to the handle of a wait condition. Source: CloudFormation User Guide, "Wait condition signal". */
export interface WaitSignal {
  readonly Status: 'SUCCESS' | 'FAILURE';
  readonly Reason: string;
  readonly Data: string;
}

/** The handle of a wait condition: signals may come before anybody waits for them. */
export class WaitHandle {
  /** By their unique ids; a second signal of one id says no more than the first. */
  readonly signals = new Map<string, WaitSignal>();
  readonly #arrivals = new EventEmitter();

  add(uniqueId: string, signal: WaitSignal): void {
    if (!this.signals.has(uniqueId)) {
      this.signals.set(uniqueId, signal);
      this.#arrivals.emit('signal');
    }
  }

  /** Resolves when the next signal comes, or when waiting is over. */
  async next(over: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => resolve();
    this.#arrivals.once('signal', end);
    over.addEventListener('abort', end, { once: true });
    if (over.aborted) {
      end();
    }
    await promise;
    this.#arrivals.off('signal', end);
    over.removeEventListener('abort', end);
  }
}

/** The longest signal, in bytes ("Wait condition signal", Data: 4,096, and some for the rest). */
const signalLimit = 8192;

/** The handles of all wait conditions, as a page of the endpoint in the place of the presigned S3 URLs that AWS hands out. */
export class WaitSignals {
  readonly path = '/_emulator/wait-condition/';
  readonly #handles = new Map<string, WaitHandle>();

  /** Makes a handle. Returns the path that its signals are PUT to. */
  open(): string {
    const path = `${this.path}${randomBytes(24).toString('base64url')}`;
    this.#handles.set(path, new WaitHandle());
    return path;
  }

  /** By its URL, or its path. */
  find(url: string): WaitHandle | undefined {
    return this.#handles.get(URL.canParse(url) ? new URL(url).pathname : url);
  }

  close(url: string): void {
    this.#handles.delete(new URL(url).pathname);
  }

  answer({ method, path, body }: WireRequest): WireAnswer {
    const handle = this.#handles.get(path);
    if (!handle) {
      return plain(403, 'AccessDenied: there is no such handle of a wait condition.');
    }
    if (method !== 'PUT') {
      return plain(405, 'MethodNotAllowed: the signal is to be PUT.');
    }
    const signal = body.length > signalLimit ? undefined : signalOf(body.toString());
    if (!signal) {
      return plain(
        400,
        'InvalidRequest: a signal is JSON with Status (SUCCESS or FAILURE), Reason, UniqueId and Data.',
      );
    }
    const { UniqueId, ...said } = signal;
    handle.add(UniqueId, said);
    return plain(200, '');
  }
}

function signalOf(text: string): (WaitSignal & { readonly UniqueId: string }) | undefined {
  try {
    const { Status, Reason = '', UniqueId, Data = '' } = Object(JSON.parse(text)) as Record<string, unknown>;
    const isSignal = (Status === 'SUCCESS' || Status === 'FAILURE') && typeof UniqueId === 'string' && UniqueId !== '';
    return isSignal ? { Status, Reason: String(Reason), UniqueId, Data: String(Data) } : undefined;
  } catch {
    return undefined;
  }
}

const plain = (status: number, body: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});
