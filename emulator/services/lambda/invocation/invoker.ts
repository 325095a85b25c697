import { randomUUID } from 'node:crypto';
import type { Fleet } from '../environment/fleet.ts';
import type { InvocationResult, ResponseSink } from '../environment/runtime/invocation.ts';
import type { FunctionReference } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import type { Concurrency } from './concurrency.ts';

/** Lambda's quotas for an event in bytes: of an invocation that is waited for, and of one that is not. */
export const synchronousLimit = 6_291_456;
export const asynchronousLimit = 1_048_576;

export interface InvokeRequest {
  readonly requestId: string;
  /** JSON. */
  readonly payload: Uint8Array;
  /** JSON, for the handler's context. */
  readonly clientContext?: string | undefined;
  /** Where the response goes if the function writes it by and by. */
  readonly sink?: ResponseSink;
}

export interface Invoked extends InvocationResult {
  readonly executedVersion: string;
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
   * @throws ResourceNotFoundException, TooManyRequestsException
   */
  async invoke(
    reference: FunctionReference,
    { requestId, payload, clientContext, sink }: InvokeRequest,
  ): Promise<Invoked> {
    const owner = this.#functions.get(reference);
    const version = owner.route(reference.qualifier);
    const leave = this.#concurrency.enter(owner);
    try {
      const invokedFunctionArn = owner.qualifiedArn(reference.qualifier);
      const traceId = newTraceId();
      const result = await this.#fleet.invoke(version, {
        requestId,
        payload,
        invokedFunctionArn,
        traceId,
        clientContext,
        sink,
      });
      return { ...result, executedVersion: version.version };
    } finally {
      leave();
    }
  }
}

/** A tracing header as X-Ray writes them. Nothing is sampled. */
function newTraceId(): string {
  const [root, parent] = [hexId(), hexId()];
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${root.slice(0, 24)};Parent=${parent.slice(0, 16)};Sampled=0`;
}

/** 32 digits. Node makes UUIDs in advance, which it does not do for random bytes. */
const hexId = (): string => randomUUID().replaceAll('-', '');
