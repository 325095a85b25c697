import { randomUUID } from 'node:crypto';
import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { arn, internalCall, type Region } from '../../../wire/operation.ts';
import type { Publish } from '../../../wire/publish.ts';
import type { FindStream } from '../../../wire/record-stream.ts';
import { sendRecord } from '../destination.ts';
import { conflict, invalidParameter, notFound } from '../errors.ts';
import type { FunctionReference } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { queueUrlOf, type SqsOperations } from '../sqs-queue.ts';
import type { EventSource } from './event-source.ts';
import { checkFifo, type MappingSettings, patternsOf } from './event-source-mapping.ts';
import { SqsEventSource } from './event-source-sqs.ts';
import { StreamEventSource } from './event-source-stream.ts';
import type { StreamSettings } from './stream-settings.ts';

/** A mapping of a queue, or of a stream, to a function. */
interface Mapping {
  readonly uuid: string;
  readonly sourceArn: string;
  reference: FunctionReference;
  settings: MappingSettings;
  tags: Readonly<Record<string, string>>;
  lastModified: Date;
  lastResult: string;
  sources: readonly EventSource[];
  /** Of a stream: where each of its readers is. */
  places: readonly { value: number }[];
}

export interface EventSourcesDeps {
  readonly region: Region;
  readonly functions: Functions;
  readonly invoker: Invoker;
  readonly sqs: SqsOperations;
  readonly findStream: FindStream;
  readonly publish: Publish;
  /** Batches at a time of a mapping that sets no MaximumConcurrency. */
  readonly defaultConcurrency: number;
}

/** The event source mappings of a region, each with its poller. */
export class EventSources {
  readonly #deps: EventSourcesDeps;
  readonly #mappings = new Map<string, Mapping>();

  constructor(deps: EventSourcesDeps) {
    this.#deps = deps;
  }

  /** @throws ResourceNotFoundException */
  get(uuid: string): Mapping {
    const mapping = this.#mappings.get(uuid);
    if (!mapping) {
      throw notFound('The resource you requested does not exist.');
    }
    return mapping;
  }

  all(): Mapping[] {
    return [...this.#mappings.values()];
  }

  /** @throws InvalidParameterValueException, ResourceConflictException, ResourceNotFoundException */
  async add(sourceArn: string, reference: FunctionReference, settings: MappingSettings): Promise<Mapping> {
    await this.#check(sourceArn, reference, settings);
    const same = this.all().find((known) => known.sourceArn === sourceArn && known.reference.name === reference.name);
    if (same) {
      throw conflict(
        `An event source mapping with ${settings.stream ? 'Stream' : 'SQS'} arn (" ${sourceArn} ") and function (" ${reference.name} ") already exists. Please update or delete the existing mapping with UUID ${same.uuid}`,
      );
    }
    const times = { lastModified: new Date(), lastResult: 'No records processed' };
    const mapping: Mapping = {
      uuid: randomUUID(),
      sourceArn,
      reference,
      settings,
      tags: {},
      ...times,
      sources: [],
      places: [],
    };
    this.#mappings.set(mapping.uuid, mapping);
    this.#poll(mapping);
    return mapping;
  }

  async change(mapping: Mapping, reference: FunctionReference, settings: MappingSettings): Promise<void> {
    await this.#check(mapping.sourceArn, reference, settings);
    Object.assign(mapping, { reference, settings, lastModified: new Date() });
    this.#poll(mapping);
  }

  remove(mapping: Mapping): void {
    stop(mapping);
    this.#mappings.delete(mapping.uuid);
  }

  close(): void {
    for (const mapping of this.#mappings.values()) {
      stop(mapping);
    }
  }

  describe(
    mapping: Mapping,
    state: string = mapping.settings.enabled ? 'Enabled' : 'Disabled',
  ): EventSourceMappingConfiguration {
    const { uuid, sourceArn, reference, settings, lastModified, lastResult } = mapping;
    const functionArn = this.#deps.functions.arnOf(reference.name);
    return {
      UUID: uuid,
      BatchSize: settings.batchSize,
      MaximumBatchingWindowInSeconds: settings.batchingWindow,
      EventSourceArn: sourceArn,
      FunctionArn: reference.qualifier ? `${functionArn}:${reference.qualifier}` : functionArn,
      LastModified: lastModified,
      LastProcessingResult: lastResult,
      State: state,
      StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: [...settings.responseTypes],
      ...(settings.stream && describeStream(settings.stream)),
      ...(settings.filterCriteria && { FilterCriteria: settings.filterCriteria }),
      ...(settings.scalingConfig && { ScalingConfig: settings.scalingConfig }),
      ...(settings.metricsConfig && { MetricsConfig: settings.metricsConfig }),
      ...(settings.provisionedPollerConfig && { ProvisionedPollerConfig: settings.provisionedPollerConfig }),
      EventSourceMappingArn: arn(this.#deps.region, 'lambda', `event-source-mapping:${uuid}`),
    };
  }

  /** Starts the poller of a mapping as it is now, in the place of the one it had. */
  #poll(mapping: Mapping): void {
    const { settings } = mapping;
    stop(mapping);
    mapping.sources = [];
    // A stream is read from where it was, even if it is read later.
    if (settings.stream) {
      mapping.places = this.#placesOf(mapping, settings.stream);
    }
    if (!settings.enabled) {
      return;
    }
    mapping.sources = settings.stream ? this.#streamSources(mapping, settings.stream) : [this.#queueSource(mapping)];
    for (const source of mapping.sources) {
      void source.run();
    }
  }

  #queueSource(mapping: Mapping): EventSource {
    const { region, sqs, defaultConcurrency } = this.#deps;
    const { sourceArn: queueArn, settings } = mapping;
    return new SqsEventSource({
      ...this.#common(mapping),
      queueArn,
      region: region.name,
      maxConcurrency: settings.scalingConfig?.MaximumConcurrency ?? defaultConcurrency,
      sqs,
    });
  }

  #streamSources(mapping: Mapping, settings: StreamSettings): EventSource[] {
    const { findStream, functions } = this.#deps;
    const { sourceArn, reference, places } = mapping;
    const stream = findStream(sourceArn);
    if (!stream) {
      return [];
    }
    const destination = settings.destinationConfig?.OnFailure?.Destination;
    return places.map(
      (place, index) =>
        new StreamEventSource({
          ...this.#common(mapping),
          stream,
          settings,
          place,
          share: { index, of: places.length },
          functionArn: functions.get(reference).qualifiedArn(reference.qualifier),
          discard: async (record) => {
            if (destination) {
              await sendRecord(this.#deps, destination, record);
            }
          },
        }),
    );
  }

  /** Where the readers of a stream go on. Where there are to be more or fewer, all go on where the last one is. */
  #placesOf({ sourceArn, places }: Mapping, settings: StreamSettings): { value: number }[] {
    const first =
      places.length > 0
        ? Math.min(...places.map(({ value }) => value))
        : (this.#deps.findStream(sourceArn)?.start(settings.startingPosition) ?? 0);
    const isSame = places.length === settings.parallelizationFactor;
    return Array.from({ length: settings.parallelizationFactor }, (_, n) => ({
      value: (isSame ? places[n]?.value : undefined) ?? first,
    }));
  }

  #common(mapping: Mapping) {
    const { settings, reference } = mapping;
    return {
      batchSize: settings.batchSize,
      batchingWindow: settings.batchingWindow,
      reportsItemFailures: settings.responseTypes.includes('ReportBatchItemFailures'),
      filter: patternsOf(settings),
      invoke: (requestId: string, payload: Uint8Array, traceHeader?: string) =>
        this.#deps.invoker.invoke(reference, { requestId, payload, traceHeader }),
      processed: (result: string) => {
        mapping.lastResult = result;
      },
    };
  }

  async #check(sourceArn: string, reference: FunctionReference, settings: MappingSettings): Promise<void> {
    const { configuration } = this.#deps.functions.get(reference).resolve(reference.qualifier);
    if (settings.stream) {
      if (!this.#deps.findStream(sourceArn)) {
        throw invalidParameter(`Stream not found: ${sourceArn}`);
      }
      return;
    }
    checkFifo(sourceArn, settings);
    const visibility = await this.#visibilityTimeout(sourceArn);
    if (visibility < configuration.timeout) {
      throw invalidParameter(
        `Invalid request provided: Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${configuration.timeout} seconds`,
      );
    }
  }

  async #visibilityTimeout(queueArn: string): Promise<number> {
    const { sqs } = this.#deps;
    try {
      const QueueUrl = await queueUrlOf(sqs, queueArn);
      const input = { QueueUrl, AttributeNames: ['VisibilityTimeout' as const] };
      const { Attributes } = await sqs.GetQueueAttributes(input, internalCall());
      return Number(Attributes?.VisibilityTimeout);
    } catch (error) {
      throw invalidParameter(
        `Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: ${(error as Error).message}`,
      );
    }
  }
}

function stop({ sources }: Mapping): void {
  for (const source of sources) {
    source.stop();
  }
}

const describeStream = (settings: StreamSettings): EventSourceMappingConfiguration => ({
  StartingPosition: settings.startingPosition,
  ParallelizationFactor: settings.parallelizationFactor,
  DestinationConfig: settings.destinationConfig ?? { OnFailure: {} },
  MaximumRecordAgeInSeconds: settings.maxRecordAge,
  BisectBatchOnFunctionError: settings.bisectsOnError,
  MaximumRetryAttempts: settings.maxRetries,
  TumblingWindowInSeconds: 0,
});
