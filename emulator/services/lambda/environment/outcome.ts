import type { Status } from './log/platform-log.ts';

/** How an invocation, or an initialisation, came out. */
export interface Outcome {
  /** JSON: what the handler returned, or the error document. */
  readonly payload: Uint8Array;
  /** Of a response that was written by and by. */
  readonly contentType?: string | undefined;
  readonly status: Status;
  readonly errorType?: string | undefined;
}

export const success = (payload: Uint8Array, contentType?: string): Outcome => ({
  payload,
  contentType,
  status: 'success',
});

/** An error that the runtime reported: the function's own, for the most part. */
export function reported(payload: Buffer): Outcome {
  return { payload, status: 'error', errorType: errorTypeOf(payload) };
}

/** An error that Lambda found out by itself. */
export function fault(errorType: string, errorMessage: string, status: Status = 'failure'): Outcome {
  return { payload: Buffer.from(JSON.stringify({ errorType, errorMessage })), status, errorType };
}

function errorTypeOf(payload: Buffer): string | undefined {
  try {
    return (JSON.parse(payload.toString()) as { errorType?: string }).errorType;
  } catch {
    return undefined;
  }
}
