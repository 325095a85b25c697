import { randomUUID } from 'node:crypto';
import type * as lambda from '@aws-sdk/client-lambda';
import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { arn, type Handlers, internalCall, type Region } from '../../../wire/operation.ts';
import { conflict, invalidParameter, notFound } from '../errors.ts';
import { type FunctionReference, parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { pageOf } from '../paging.ts';
import { queueUrlOf, type SqsOperations } from '../sqs-queue.ts';
import {
  changedSettings,
  checkFifo,
  checkSource,
  initialSettings,
  type MappingSettings,
  patternsOf,
} from './event-source-mapping.ts';
import { SqsEventSource } from './event-source-sqs.ts';

/** A mapping of a queue to a function. */
interface Mapping {
  readonly uuid: string;
  readonly queueArn: string;
  reference: FunctionReference;
  settings: MappingSettings;
  tags: Readonly<Record<string, string>>;
  lastModified: Date;
  lastResult: string;
  source: SqsEventSource | undefined;
}

export interface EventSourcesDeps {
  readonly region: Region;
  readonly functions: Functions;
  readonly invoker: Invoker;
  readonly sqs: SqsOperations;
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
  async add(queueArn: string, reference: FunctionReference, settings: MappingSettings): Promise<Mapping> {
    await this.#check(queueArn, reference, settings);
    const same = this.all().find((known) => known.queueArn === queueArn && known.reference.name === reference.name);
    if (same) {
      throw conflict(
        `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${reference.name} ") already exists. Please update or delete the existing mapping with UUID ${same.uuid}`,
      );
    }
    const times = { lastModified: new Date(), lastResult: 'No records processed' };
    const mapping: Mapping = {
      uuid: randomUUID(),
      queueArn,
      reference,
      settings,
      tags: {},
      ...times,
      source: undefined,
    };
    this.#mappings.set(mapping.uuid, mapping);
    this.#poll(mapping);
    return mapping;
  }

  async change(mapping: Mapping, reference: FunctionReference, settings: MappingSettings): Promise<void> {
    await this.#check(mapping.queueArn, reference, settings);
    Object.assign(mapping, { reference, settings, lastModified: new Date() });
    this.#poll(mapping);
  }

  remove(mapping: Mapping): void {
    mapping.source?.stop();
    this.#mappings.delete(mapping.uuid);
  }

  close(): void {
    for (const { source } of this.#mappings.values()) {
      source?.stop();
    }
  }

  describe(
    mapping: Mapping,
    state: string = mapping.settings.enabled ? 'Enabled' : 'Disabled',
  ): EventSourceMappingConfiguration {
    const { uuid, queueArn, reference, settings, lastModified, lastResult } = mapping;
    const functionArn = this.#deps.functions.arnOf(reference.name);
    return {
      UUID: uuid,
      BatchSize: settings.batchSize,
      MaximumBatchingWindowInSeconds: settings.batchingWindow,
      EventSourceArn: queueArn,
      FunctionArn: reference.qualifier ? `${functionArn}:${reference.qualifier}` : functionArn,
      LastModified: lastModified,
      LastProcessingResult: lastResult,
      State: state,
      StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: [...settings.responseTypes],
      ...(settings.filterCriteria && { FilterCriteria: settings.filterCriteria }),
      ...(settings.scalingConfig && { ScalingConfig: settings.scalingConfig }),
      EventSourceMappingArn: arn(this.#deps.region, 'lambda', `event-source-mapping:${uuid}`),
    };
  }

  /** Starts the poller of a mapping as it is now, in the place of the one it had. */
  #poll(mapping: Mapping): void {
    const { region, invoker, sqs, defaultConcurrency } = this.#deps;
    const { queueArn, settings, reference } = mapping;
    mapping.source?.stop();
    mapping.source = undefined;
    if (!settings.enabled) {
      return;
    }
    mapping.source = new SqsEventSource({
      queueArn,
      region: region.name,
      batchSize: settings.batchSize,
      batchingWindow: settings.batchingWindow,
      maxConcurrency: settings.scalingConfig?.MaximumConcurrency ?? defaultConcurrency,
      reportsItemFailures: settings.responseTypes.includes('ReportBatchItemFailures'),
      filter: patternsOf(settings),
      sqs,
      invoke: (requestId, payload) => invoker.invoke(reference, { requestId, payload }),
      processed: (result) => {
        mapping.lastResult = result;
      },
    });
    void mapping.source.run();
  }

  async #check(queueArn: string, reference: FunctionReference, settings: MappingSettings): Promise<void> {
    checkFifo(queueArn, settings);
    const { configuration } = this.#deps.functions.get(reference).resolve(reference.qualifier);
    const visibility = await this.#visibilityTimeout(queueArn);
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

/** Event source mappings, of SQS queues. A change is in force when its call is answered, though AWS's states are shown. */
export function eventSourceOperations(sources: EventSources) {
  return {
    CreateEventSourceMapping: async (input) => {
      const queueArn = checkSource(input.EventSourceArn);
      const mapping = await sources.add(queueArn, parseFunctionName(input.FunctionName), initialSettings(input));
      mapping.tags = { ...input.Tags };
      return sources.describe(mapping, 'Creating');
    },
    GetEventSourceMapping: ({ UUID = '' }) => sources.describe(sources.get(UUID)),
    UpdateEventSourceMapping: async (input) => {
      const mapping = sources.get(input.UUID ?? '');
      const reference = input.FunctionName ? parseFunctionName(input.FunctionName) : mapping.reference;
      await sources.change(mapping, reference, changedSettings(input, mapping.settings));
      return sources.describe(mapping, 'Updating');
    },
    DeleteEventSourceMapping: ({ UUID = '' }) => {
      const mapping = sources.get(UUID);
      sources.remove(mapping);
      return sources.describe(mapping, 'Deleting');
    },
    ListEventSourceMappings: (input) => {
      const name = input.FunctionName ? parseFunctionName(input.FunctionName).name : undefined;
      const wanted = sources
        .all()
        .filter(
          ({ queueArn, reference }) =>
            (!input.EventSourceArn || queueArn === input.EventSourceArn) && (!name || reference.name === name),
        );
      const { items, ...next } = pageOf(wanted, ({ uuid }) => uuid, { ...input, MaxItems: input.MaxItems ?? 100 });
      return { EventSourceMappings: items.map((mapping) => sources.describe(mapping)), ...next };
    },
  } satisfies Handlers<typeof lambda>;
}
