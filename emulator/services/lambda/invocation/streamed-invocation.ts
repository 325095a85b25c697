import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FunctionReference } from '../function/function-name.ts';
import type { Invoked, InvokeRequest, Invoker } from './invoker.ts';

/** What is known of a response when it begins. */
export interface ResponseHead {
  readonly contentType: string;
  readonly version: string;
}

/** An invocation whose response is handed on while the function writes it. */
export interface StreamedInvocation {
  /** Undefined where the function answered at once, with all that it has to say. */
  readonly head: ResponseHead | undefined;
  /** Ends with the invocation. Who wants no more of it destroys it; the function goes on. */
  readonly pieces: PassThrough;
  readonly invoked: Promise<Invoked>;
}

/**
 * Runs a function, and resolves when its response begins.
 * @throws ResourceNotFoundException, TooManyRequestsException
 */
export async function invokeStreaming(
  invoker: Invoker,
  reference: FunctionReference,
  request: Omit<InvokeRequest, 'sink'>,
): Promise<StreamedInvocation> {
  const pieces = new PassThrough();
  pieces.on('error', () => undefined);
  const begun = Promise.withResolvers<ResponseHead>();
  const sink = {
    begin: (contentType: string, version: string) => begun.resolve({ contentType, version }),
    piece: async (chunk: Uint8Array) => {
      if (!pieces.destroyed && !pieces.write(chunk)) {
        await Promise.race([once(pieces, 'drain'), once(pieces, 'close')]);
      }
    },
  };
  const invoked = invoker.invoke(reference, { ...request, sink }).finally(() => pieces.end());
  const head = await Promise.race([begun.promise, invoked.then(() => undefined)]);
  return { head, pieces, invoked };
}
