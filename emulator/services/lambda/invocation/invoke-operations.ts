import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { invalidContent, refuseMembers, tooLarge } from '../errors.ts';
import { parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import { asynchronousLimit, type Invoker, synchronousLimit } from './invoker.ts';
import { invokeStreaming, type StreamedInvocation } from './streamed-invocation.ts';

/** Invoke, whether its caller waits for the answer or not, and the same with the response as the function writes it. */
export function invokeOperations(functions: Functions, invoker: Invoker, asyncInvocations: AsyncInvocations) {
  return {
    Invoke: async (input, { requestId, traceHeader }): Promise<lambda.InvocationResponse> => {
      refuseMembers(input, ['DurableExecutionName', 'TenantId']);
      const reference = parseFunctionName(input.FunctionName, input.Qualifier);
      const payload = input.Payload?.length ? input.Payload : emptyEvent;
      const asynchronous = input.InvocationType === 'Event';
      checkPayload(payload, asynchronous ? asynchronousLimit : synchronousLimit);
      const clientContext = clientContextOf(input.ClientContext);
      const request = { requestId, payload, traceHeader, clientContext };
      const resolved = functions.get(reference).resolve(reference.qualifier);
      if (input.InvocationType === 'DryRun') {
        return { StatusCode: 204, ExecutedVersion: resolved.version };
      }
      if (asynchronous) {
        asyncInvocations.accept(reference, request);
        return { StatusCode: 202 };
      }
      const { functionError, ...invoked } = await invoker.invoke(reference, request);
      return {
        StatusCode: 200,
        ExecutedVersion: invoked.executedVersion,
        Payload: invoked.payload,
        ...(functionError && { FunctionError: functionError }),
        ...(input.LogType === 'Tail' && { LogResult: Buffer.from(invoked.logTail).toString('base64') }),
      };
    },
    InvokeWithResponseStream: async (input, { requestId, traceHeader }) => {
      refuseMembers(input, ['TenantId']);
      const reference = parseFunctionName(input.FunctionName, input.Qualifier);
      const payload = input.Payload?.length ? input.Payload : emptyEvent;
      checkPayload(payload, synchronousLimit);
      const clientContext = clientContextOf(input.ClientContext);
      const request = { requestId, payload, traceHeader, clientContext };
      const resolved = functions.get(reference).resolve(reference.qualifier);
      const head = { StatusCode: 200, ResponseStreamContentType: 'application/vnd.amazon.eventstream' };
      if (input.InvocationType === 'DryRun') {
        return { ...head, StatusCode: 204, ExecutedVersion: resolved.version };
      }
      const streamed = await invokeStreaming(invoker, reference, request);
      return {
        ...head,
        ExecutedVersion: streamed.head?.version ?? (await streamed.invoked).executedVersion,
        EventStream: eventsOf(streamed, input.LogType === 'Tail'),
      };
    },
  } satisfies Handlers<typeof lambda>;
}

/** A response by its pieces, and what came of the invocation ("InvokeWithResponseStreamResponseEvent"). */
async function* eventsOf(
  { pieces, invoked }: StreamedInvocation,
  withLog: boolean,
): AsyncGenerator<lambda.InvokeWithResponseStreamResponseEvent> {
  for await (const Payload of pieces as AsyncIterable<Buffer>) {
    yield { PayloadChunk: { Payload } };
  }
  const { payload, functionError, logTail } = await invoked;
  if (!functionError && payload.length > 0) {
    yield { PayloadChunk: { Payload: payload } };
  }
  yield {
    InvokeComplete: {
      ...(functionError && { ErrorCode: functionError, ErrorDetails: Buffer.from(payload).toString() }),
      ...(withLog && { LogResult: Buffer.from(logTail).toString('base64') }),
    },
  };
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
