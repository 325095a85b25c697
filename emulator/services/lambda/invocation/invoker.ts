import type { Fleet } from '../environment/fleet.ts';
import type { InvocationResult, ResponseSink } from '../environment/runtime/invocation.ts';
import { recursive } from '../errors.ts';
import type { FunctionReference } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import { traceOf } from '../trace.ts';
import type { Concurrency } from './concurrency.ts';

/** Lambda's quotas for an event in bytes: of an invocation that is waited for, and of one that is not. */
export const synchronousLimit = 6_291_456;
export const asynchronousLimit = 1_048_576;

export interface InvokeRequest {
  readonly requestId: string;
  /** JSON. */
  readonly payload: Uint8Array;
  /** The tracing header that came with the event. */
  readonly traceHeader?: string | undefined;
  /** JSON, for the handler's context. */
  readonly clientContext?: string | undefined;
  /** Where the response goes if the function writes it by and by. */
  readonly sink?: ResponseSink;
}

export interface Invoked extends InvocationResult {
  readonly executedVersion: string;
  /** What goes on with the chain of requests that the invocation belongs to. */
  readonly traceHeader: string;
}

/** Runs functions: finds the version, takes a place of the concurrency there is, and hands over to an environment. */
export class Invoker {
  readonly #functions: Functions;
  readonly #concurrency: Concurrency;
  readonly #fleet: Fleet;

  constructor(functions: Functions, concurrency: Concurrency, fleet: Fleet) {
    this.#functions = functions;
    this.#concurrency = concurrency;
    this.#fleet = fleet;
  }

  /**
   * Resolves with what the function answered; its own errors too are answers.
   * @throws ResourceNotFoundException, TooManyRequestsException, RecursiveInvocationException
   */
  async invoke(
    reference: FunctionReference,
    { requestId, payload, traceHeader, clientContext, sink }: InvokeRequest,
  ): Promise<Invoked> {
    const owner = this.#functions.get(reference);
    const version = owner.route(reference.qualifier);
    const traceId = traceOf(owner.lineageName, traceHeader, owner.recursiveLoop === 'Allow');
    if (traceId === undefined) {
      throw recursive(owner.name);
    }
    const leave = this.#concurrency.enter(owner);
    try {
      const invokedFunctionArn = owner.qualifiedArn(reference.qualifier);
      const result = await this.#fleet.invoke(version, {
        requestId,
        payload,
        invokedFunctionArn,
        traceId,
        clientContext,
        sink,
      });
      return { ...result, executedVersion: version.version, traceHeader: traceId };
    } finally {
      leave();
    }
  }
}
