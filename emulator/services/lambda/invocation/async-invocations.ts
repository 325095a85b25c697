import { internalCall } from '../../../wire/operation.ts';
import type { Publish } from '../../../wire/publish.ts';
import type { PutEvent } from '../../../wire/put-event.ts';
import { sendRecord } from '../destination.ts';
import { type EventInvokeConfig, latestVersion, qualifierKey } from '../function/function.ts';
import { type FunctionReference, parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import type { SqsOperations } from '../sqs-queue.ts';
import type { Invoked, InvokeRequest, Invoker } from './invoker.ts';

export interface AsyncInvocationsDeps {
  readonly functions: Functions;
  readonly invoker: Invoker;
  readonly sqs: SqsOperations;
  readonly publish: Publish;
  readonly putEvent: PutEvent;
  /** Milliseconds before the first and the second retry of an event whose function failed. */
  readonly retryDelays: readonly number[];
}

/** Lambda keeps an event for 6 hours, and retries one that was throttled after 1 second to 5 minutes. */
const maxEventAgeSeconds = 21_600;
const firstThrottleDelay = 1000;
const maxThrottleDelay = 300_000;
const defaultRetries = 2;

/** One event in Lambda's own queue. */
interface QueuedEvent {
  readonly reference: FunctionReference;
  readonly request: InvokeRequest;
  readonly acceptedAt: number;
  attempts: number;
  throttles: number;
}

type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** Asynchronous invocations: events that were accepted, their retries, and where they go in the end. */
export class AsyncInvocations {
  readonly #deps: AsyncInvocationsDeps;
  readonly #retries = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(deps: AsyncInvocationsDeps) {
    this.#deps = deps;
  }

  /** Takes an event, to be handled after its caller was answered. */
  accept(reference: FunctionReference, request: InvokeRequest): void {
    this.#try({ reference, request, acceptedAt: Date.now(), attempts: 0, throttles: 0 });
  }

  /** Forgets the events that wait for a retry. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#retries) {
      clearTimeout(timer);
    }
    this.#retries.clear();
  }

  #try(event: QueuedEvent): void {
    this.#attempt(event).catch((error: Error) => {
      // The events of a function go with it.
      if (this.#closed || error.name === 'ResourceNotFoundException') {
        return;
      }
      // A destination is gone, so the record has nowhere to go.
      console.error(`lambda: an event for ${event.reference.name} was dropped: ${error.message}`);
    });
  }

  async #attempt(event: QueuedEvent): Promise<void> {
    const { reference, request } = event;
    let invoked: Invoked;
    try {
      invoked = await this.#deps.invoker.invoke(reference, request);
    } catch (error) {
      if ((error as Error).name === 'RecursiveInvocationException') {
        return this.#finish(event, 'RetriesExhausted', undefined, error as Error);
      }
      if ((error as Error).name !== 'TooManyRequestsException') {
        throw error;
      }
      event.throttles++;
      const delay = Math.min(maxThrottleDelay, firstThrottleDelay * 2 ** (event.throttles - 1));
      return this.#again(event, delay, undefined);
    }
    event.attempts++;
    if (!invoked.functionError) {
      return this.#finish(event, 'Success', invoked);
    }
    const retries = this.#configOf(event)?.MaximumRetryAttempts ?? defaultRetries;
    if (event.attempts > retries) {
      return this.#finish(event, 'RetriesExhausted', invoked);
    }
    return this.#again(event, this.#deps.retryDelays[event.attempts - 1] ?? 0, invoked);
  }

  async #again(event: QueuedEvent, delay: number, invoked: Invoked | undefined): Promise<void> {
    if (this.#closed) {
      return;
    }
    const maxAge = (this.#configOf(event)?.MaximumEventAgeInSeconds ?? maxEventAgeSeconds) * 1000;
    if (Date.now() + delay - event.acceptedAt > maxAge) {
      return this.#finish(event, 'EventAgeExceeded', invoked);
    }
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      this.#try(event);
    }, delay);
    this.#retries.add(timer.unref());
  }

  async #finish(
    event: QueuedEvent,
    condition: Condition,
    invoked: Invoked | undefined,
    stopped?: Error,
  ): Promise<void> {
    const destinations = this.#configOf(event)?.DestinationConfig;
    const destination = condition === 'Success' ? destinations?.OnSuccess : destinations?.OnFailure;
    if (destination?.Destination) {
      await this.#deliver(destination.Destination, event, condition, invoked);
    }
    if (condition !== 'Success') {
      await this.#sendToDeadLetterQueue(event, invoked, stopped);
    }
  }

  #configOf({ reference }: QueuedEvent): EventInvokeConfig | undefined {
    return this.#deps.functions.get(reference).eventInvokeConfigs.get(qualifierKey(reference.qualifier));
  }

  async #deliver(
    destination: string,
    event: QueuedEvent,
    condition: Condition,
    invoked: Invoked | undefined,
  ): Promise<void> {
    const record = this.#record(event, condition, invoked);
    if (destination.includes(':events:')) {
      await this.#putOnBus(destination, event, condition, record);
      return;
    }
    if (destination.includes(':lambda:')) {
      const { requestId } = internalCall();
      const traceHeader = invoked?.traceHeader ?? event.request.traceHeader;
      this.accept(parseFunctionName(destination), { requestId, payload: Buffer.from(record), traceHeader });
      return;
    }
    await sendRecord(this.#deps, destination, record);
  }

  /** Source: "Capturing records of Lambda asynchronous invocations", Amazon EventBridge. */
  async #putOnBus(bus: string, { reference }: QueuedEvent, condition: Condition, detail: string): Promise<void> {
    const owner = this.#deps.functions.get(reference);
    await this.#deps.putEvent(bus, {
      source: 'lambda',
      detailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
      resources: [bus, owner.qualifiedArn(reference.qualifier ?? latestVersion)],
      detail,
    });
  }

  /** The dead-letter queue gets the event itself; why it failed is in the message's attributes. */
  async #sendToDeadLetterQueue(
    { reference, request }: QueuedEvent,
    invoked: Invoked | undefined,
    stopped: Error | undefined,
  ): Promise<void> {
    const { configuration } = this.#deps.functions.get(reference).resolve(reference.qualifier);
    if (!configuration.deadLetterConfig?.TargetArn) {
      return;
    }
    const error = invoked ? (parsed(invoked.payload) as { errorMessage?: string } | null) : undefined;
    const [code, why] = stopped ? ['400', stopped.message] : [invoked ? '200' : '429', 'Rate Exceeded.'];
    const event = Buffer.from(request.payload).toString();
    await sendRecord(this.#deps, configuration.deadLetterConfig.TargetArn, event, {
      RequestID: { DataType: 'String', StringValue: request.requestId },
      ErrorCode: { DataType: 'Number', StringValue: code },
      ErrorMessage: { DataType: 'String', StringValue: (error?.errorMessage ?? why).slice(0, 1024) },
    });
  }

  /** The invocation record ("Capturing records of Lambda asynchronous invocations"). */
  #record({ reference, request, attempts }: QueuedEvent, condition: Condition, invoked: Invoked | undefined): string {
    const owner = this.#deps.functions.get(reference);
    return JSON.stringify({
      version: '1.0',
      timestamp: new Date().toISOString(),
      requestContext: {
        requestId: request.requestId,
        functionArn: owner.qualifiedArn(reference.qualifier ?? latestVersion),
        condition,
        approximateInvokeCount: attempts,
      },
      requestPayload: parsed(request.payload),
      ...(invoked && {
        responseContext: {
          statusCode: 200,
          executedVersion: invoked.executedVersion,
          ...(invoked.functionError && { functionError: invoked.functionError }),
        },
        responsePayload: parsed(invoked.payload),
      }),
    });
  }
}

const parsed = (json: Uint8Array): unknown => JSON.parse(Buffer.from(json).toString());
