import { randomBytes } from 'node:crypto';
import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import type { Fleet } from '../environment/fleet.ts';
import type { InvocationResult } from '../environment/invocation.ts';
import { invalidContent, refuseMembers, tooLarge } from '../errors.ts';
import type { FunctionStore } from '../function/function.ts';
import { type FunctionReference, parseFunctionName } from '../function/function-name.ts';
import type { AsyncInvocations } from './async-invocations.ts';
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
}

export interface Invoked extends InvocationResult {
  readonly executedVersion: string;
}

/** Runs functions: finds the version, takes a place of the concurrency there is, and hands over to an environment. */
export class Invoker {
  readonly #functions: FunctionStore;
  readonly #concurrency: Concurrency;
  readonly #fleet: Fleet;

  constructor(functions: FunctionStore, concurrency: Concurrency, fleet: Fleet) {
    this.#functions = functions;
    this.#concurrency = concurrency;
    this.#fleet = fleet;
  }

  /**
   * Resolves with what the function answered; its own errors too are answers.
   * @throws ResourceNotFoundException, TooManyRequestsException
   */
  async invoke(reference: FunctionReference, { requestId, payload, clientContext }: InvokeRequest): Promise<Invoked> {
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
      });
      return { ...result, executedVersion: version.version };
    } finally {
      leave();
    }
  }
}

/** A tracing header as X-Ray writes them. Nothing is sampled. */
function newTraceId(): string {
  const bytes = randomBytes(20).toString('hex');
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${bytes.slice(0, 24)};Parent=${bytes.slice(24)};Sampled=0`;
}

export function invokeOperations(functions: FunctionStore, invoker: Invoker, asyncInvocations: AsyncInvocations) {
  return {
    Invoke: async (input, { requestId }): Promise<lambda.InvocationResponse> => {
      refuseMembers(input, ['DurableExecutionName', 'TenantId']);
      const reference = parseFunctionName(input.FunctionName, input.Qualifier);
      const payload = input.Payload?.length ? input.Payload : emptyEvent;
      const asynchronous = input.InvocationType === 'Event';
      checkPayload(payload, asynchronous ? asynchronousLimit : synchronousLimit);
      const clientContext = clientContextOf(input.ClientContext);
      const resolved = functions.get(reference).resolve(reference.qualifier);
      if (input.InvocationType === 'DryRun') {
        return { StatusCode: 204, ExecutedVersion: resolved.version };
      }
      if (asynchronous) {
        asyncInvocations.accept(reference, { requestId, payload, clientContext });
        return { StatusCode: 202 };
      }
      const { functionError, ...invoked } = await invoker.invoke(reference, { requestId, payload, clientContext });
      return {
        StatusCode: 200,
        ExecutedVersion: invoked.executedVersion,
        Payload: invoked.payload,
        ...(functionError && { FunctionError: functionError }),
        ...(input.LogType === 'Tail' && { LogResult: Buffer.from(invoked.logTail).toString('base64') }),
      };
    },
  } satisfies Handlers<typeof lambda>;
}

const emptyEvent = Buffer.from('{}');

function checkPayload(payload: Uint8Array, limit: number): void {
  if (payload.length > limit) {
    throw tooLarge(`Request must be smaller than ${limit} bytes for the InvokeFunction operation`);
  }
  try {
    JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    throw invalidContent(`Could not parse request body into json: ${(error as Error).message}`);
  }
}

/** What a client context may take, in bytes of base64. Source: API Reference, "Invoke". */
const clientContextLimit = 3583;

/** The client context as it travels on in a header: JSON, in ASCII. */
function clientContextOf(encoded: string | undefined): string | undefined {
  if (!encoded) {
    return undefined;
  }
  if (encoded.length > clientContextLimit) {
    throw invalidContent(`Client context must be no longer than ${clientContextLimit} bytes.`);
  }
  try {
    const text = JSON.stringify(JSON.parse(Buffer.from(encoded, 'base64').toString()));
    return text.replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  } catch {
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
  }
}
