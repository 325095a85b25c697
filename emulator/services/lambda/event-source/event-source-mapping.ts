import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingMetricsConfig,
  FilterCriteria,
  FunctionResponseType,
  ProvisionedPollerConfig,
  ScalingConfig,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { invalidParameter, notServed, refuseMembers, within } from '../errors.ts';
import { parseFilters } from './event-filter.ts';
import { changedStreamSettings, initialStreamSettings, type StreamSettings } from './stream-settings.ts';

/** What a mapping may be changed in. */
export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  readonly filterCriteria: FilterCriteria | undefined;
  readonly scalingConfig: ScalingConfig | undefined;
  readonly responseTypes: readonly FunctionResponseType[];
  /** Recorded: there are no metrics, and pollers are as many as they need to be. */
  readonly metricsConfig: EventSourceMappingMetricsConfig | undefined;
  readonly provisionedPollerConfig: ProvisionedPollerConfig | undefined;
  /** Of a stream. */
  readonly stream: StreamSettings | undefined;
}

/** Members for sources other than those served, and features that are not there. */
const refused = [
  'KMSKeyArn',
  'LoggingConfig',
  'TumblingWindowInSeconds',
  'SourceAccessConfigurations',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
] as const;
/** Members that a queue has no use for. */
const forStreams = [
  'ParallelizationFactor',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
] as const;
const refusedAtCreate = ['StartingPositionTimestamp', 'Topics', 'Queues', 'SelfManagedEventSource'] as const;

/** By default. */
const queueBatchSize = 10;
const streamBatchSize = 100;

type Settings = Partial<CreateEventSourceMappingRequest> & Partial<UpdateEventSourceMappingRequest>;

/** The settings of a new mapping. @throws InvalidParameterValueException, ValidationException */
export function initialSettings(input: CreateEventSourceMappingRequest): MappingSettings {
  refuseMembers(input, refusedAtCreate);
  const isStream = isStreamArn(input.EventSourceArn ?? '');
  if (!isStream && input.StartingPosition) {
    throw invalidParameter('StartingPosition is not valid for SQS event sources.');
  }
  return changedSettings(input, {
    enabled: true,
    batchSize: isStream ? streamBatchSize : queueBatchSize,
    batchingWindow: 0,
    filterCriteria: undefined,
    scalingConfig: undefined,
    responseTypes: [],
    metricsConfig: undefined,
    provisionedPollerConfig: undefined,
    stream: isStream ? initialStreamSettings(input) : undefined,
  });
}

/** The settings after a change, which changes what it names; an empty structure removes what was there. */
export function changedSettings(input: Settings, before: MappingSettings): MappingSettings {
  refuseMembers(input, refused);
  refuseMembers(input, before.stream ? (['ScalingConfig'] as const) : forStreams);
  const settings: MappingSettings = {
    enabled: input.Enabled ?? before.enabled,
    batchSize: input.BatchSize ?? before.batchSize,
    batchingWindow: input.MaximumBatchingWindowInSeconds ?? before.batchingWindow,
    filterCriteria: input.FilterCriteria ? unlessEmpty(input.FilterCriteria, 'Filters') : before.filterCriteria,
    scalingConfig: input.ScalingConfig ? unlessEmpty(input.ScalingConfig, 'MaximumConcurrency') : before.scalingConfig,
    responseTypes: input.FunctionResponseTypes ?? before.responseTypes,
    metricsConfig: input.MetricsConfig ? unlessEmpty(input.MetricsConfig, 'Metrics') : before.metricsConfig,
    provisionedPollerConfig: input.ProvisionedPollerConfig
      ? unlessEmpty(input.ProvisionedPollerConfig, 'MaximumPollers')
      : before.provisionedPollerConfig,
    stream: before.stream && changedStreamSettings(input, before.stream),
  };
  within('batchSize', settings.batchSize, 1, 10_000);
  within('maximumBatchingWindowInSeconds', settings.batchingWindow, 0, 300);
  within('scalingConfig.maximumConcurrency', settings.scalingConfig?.MaximumConcurrency, 2, 1000);
  if (!settings.stream && settings.batchSize > 10 && settings.batchingWindow < 1) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  patternsOf(settings);
  return settings;
}

/** The filter that the settings say. @throws InvalidParameterValueException */
export const patternsOf = ({ filterCriteria }: MappingSettings) =>
  parseFilters((filterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern));

function unlessEmpty<Config extends object>(config: Config, member: keyof Config): Config | undefined {
  const value = config[member];
  return value === undefined || (Array.isArray(value) && value.length === 0) ? undefined : config;
}

/** The ARN of a queue or of a table's stream. @throws InvalidParameterValueException where the source is another service's */
export function checkSource(arn: string | undefined): string {
  if (!arn || !/^arn:aws[a-z-]*:[a-z]+:/.test(arn)) {
    throw invalidParameter('Unrecognized event source.');
  }
  if (!/^arn:aws[a-z-]*:sqs:/.test(arn) && !isStreamArn(arn)) {
    throw notServed(`The event source ${arn} (only SQS queues and DynamoDB streams are)`);
  }
  return arn;
}

/** Whether an ARN is that of a table's stream. */
export const isStreamArn = (arn: string): boolean =>
  /^arn:aws[a-z-]*:dynamodb:[^:]*:[^:]*:table\/[^/]+\/stream\//.test(arn);

/** FIFO queues take batches of 10 at most, and no batching window. */
export function checkFifo(queueArn: string, { batchSize, batchingWindow }: MappingSettings): void {
  if (!queueArn.endsWith('.fifo')) {
    return;
  }
  if (batchingWindow > 0) {
    throw invalidParameter('Batching window is not supported for FIFO queues');
  }
  if (batchSize > 10) {
    throw invalidParameter('BatchSize must be between 1 and 10 for FIFO queues');
  }
}
