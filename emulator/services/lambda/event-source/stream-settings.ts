import type {
  CreateEventSourceMappingRequest,
  DestinationConfig,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import type { StartingPosition } from '../../../wire/record-stream.ts';
import { checkDestination } from '../destination.ts';
import { invalidParameter, invalidValue, within } from '../errors.ts';

/** What a mapping of a stream has beside what every mapping has. */
export interface StreamSettings {
  readonly startingPosition: StartingPosition;
  /** Batches at a time, which share the records by their partitions. */
  readonly parallelizationFactor: number;
  readonly destinationConfig: DestinationConfig | undefined;
  /** Seconds; -1 for as long as the record is kept. */
  readonly maxRecordAge: number;
  readonly bisectsOnError: boolean;
  /** -1 for as often as the record is kept. */
  readonly maxRetries: number;
}

type Settings = Partial<CreateEventSourceMappingRequest> & Partial<UpdateEventSourceMappingRequest>;

/**
 * The settings of a new mapping of a stream. Source: Lambda Developer Guide, "Lambda parameters for Amazon DynamoDB event source
 * mappings". @throws InvalidParameterValueException, ValidationException
 */
export function initialStreamSettings(input: CreateEventSourceMappingRequest): StreamSettings {
  if (input.StartingPosition !== 'TRIM_HORIZON' && input.StartingPosition !== 'LATEST') {
    throw invalidParameter(
      input.StartingPosition
        ? `Unsupported starting position for arn type: ${input.EventSourceArn}: ${input.StartingPosition}`
        : `1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.`,
    );
  }
  return changedStreamSettings(input, {
    startingPosition: input.StartingPosition,
    parallelizationFactor: 1,
    destinationConfig: undefined,
    maxRecordAge: -1,
    bisectsOnError: false,
    maxRetries: -1,
  });
}

/** The settings after a change, which changes what it names. @throws InvalidParameterValueException, ValidationException */
export function changedStreamSettings(input: Settings, before: StreamSettings): StreamSettings {
  const settings = {
    ...before,
    parallelizationFactor: input.ParallelizationFactor ?? before.parallelizationFactor,
    destinationConfig: input.DestinationConfig ?? before.destinationConfig,
    maxRecordAge: input.MaximumRecordAgeInSeconds ?? before.maxRecordAge,
    bisectsOnError: input.BisectBatchOnFunctionError ?? before.bisectsOnError,
    maxRetries: input.MaximumRetryAttempts ?? before.maxRetries,
  };
  within('parallelizationFactor', settings.parallelizationFactor, 1, 10);
  within('maximumRecordAgeInSeconds', settings.maxRecordAge, -1, 604_800);
  within('maximumRetryAttempts', settings.maxRetries, -1, 10_000);
  if (settings.maxRecordAge >= 0 && settings.maxRecordAge < 60) {
    throw invalidValue(
      'maximumRecordAgeInSeconds',
      settings.maxRecordAge,
      'Member must be -1, or between 60 and 604800',
    );
  }
  if (settings.destinationConfig?.OnSuccess?.Destination) {
    throw invalidParameter('Unsupported destination: OnSuccess is not supported for event source mappings.');
  }
  checkDestination(settings.destinationConfig?.OnFailure?.Destination);
  return settings;
}
