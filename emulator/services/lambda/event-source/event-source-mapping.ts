import type {
  CreateEventSourceMappingRequest,
  FilterCriteria,
  FunctionResponseType,
  ScalingConfig,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { invalidParameter, notServed, refuseMembers, within } from '../errors.ts';
import { parseFilters } from './event-filter.ts';

/** What a mapping may be changed in. */
export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  readonly filterCriteria: FilterCriteria | undefined;
  readonly scalingConfig: ScalingConfig | undefined;
  readonly responseTypes: readonly FunctionResponseType[];
}

/** Members for sources other than SQS, and features that are not there. */
const refused = [
  'KMSKeyArn',
  'MetricsConfig',
  'LoggingConfig',
  'ParallelizationFactor',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'TumblingWindowInSeconds',
  'SourceAccessConfigurations',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
  'ProvisionedPollerConfig',
] as const;
const refusedAtCreate = [
  'StartingPosition',
  'StartingPositionTimestamp',
  'Topics',
  'Queues',
  'SelfManagedEventSource',
] as const;

const defaultBatchSize = 10;

type Settings = Partial<CreateEventSourceMappingRequest> & Partial<UpdateEventSourceMappingRequest>;

/** The settings of a new mapping. @throws InvalidParameterValueException, ValidationException */
export function initialSettings(input: CreateEventSourceMappingRequest): MappingSettings {
  refuseMembers(input, refusedAtCreate);
  return changedSettings(input, {
    enabled: true,
    batchSize: defaultBatchSize,
    batchingWindow: 0,
    filterCriteria: undefined,
    scalingConfig: undefined,
    responseTypes: [],
  });
}

/** The settings after a change, which changes what it names; an empty structure removes what was there. */
export function changedSettings(input: Settings, before: MappingSettings): MappingSettings {
  refuseMembers(input, refused);
  const settings: MappingSettings = {
    enabled: input.Enabled ?? before.enabled,
    batchSize: input.BatchSize ?? before.batchSize,
    batchingWindow: input.MaximumBatchingWindowInSeconds ?? before.batchingWindow,
    filterCriteria: input.FilterCriteria ? unlessEmpty(input.FilterCriteria, 'Filters') : before.filterCriteria,
    scalingConfig: input.ScalingConfig ? unlessEmpty(input.ScalingConfig, 'MaximumConcurrency') : before.scalingConfig,
    responseTypes: input.FunctionResponseTypes ?? before.responseTypes,
  };
  within('batchSize', settings.batchSize, 1, 10_000);
  within('maximumBatchingWindowInSeconds', settings.batchingWindow, 0, 300);
  within('scalingConfig.maximumConcurrency', settings.scalingConfig?.MaximumConcurrency, 2, 1000);
  if (settings.batchSize > 10 && settings.batchingWindow < 1) {
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

/** The ARN of a queue. @throws InvalidParameterValueException where the source is another service's */
export function checkSource(arn: string | undefined): string {
  if (!arn || !/^arn:aws[a-z-]*:[a-z]+:/.test(arn)) {
    throw invalidParameter('Unrecognized event source.');
  }
  if (!/^arn:aws[a-z-]*:sqs:/.test(arn)) {
    throw notServed(`The event source ${arn} (only SQS is)`);
  }
  return arn;
}

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
