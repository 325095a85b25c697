import type * as eventbridge from '@aws-sdk/client-eventbridge';
import { isBoundedJson } from '../../wire/protocols/json-bounds.ts';
import { notServed, validationException } from './errors.ts';
import { isJsonPath } from './json-path.ts';
import { predefinedPattern, variablesIn } from './target-input.ts';

/** What a target's ARN leads to. */
export type Destination =
  | { readonly kind: 'function'; readonly arn: string }
  | { readonly kind: 'queue'; readonly accountId: string; readonly name: string }
  | { readonly kind: 'topic'; readonly arn: string }
  | { readonly kind: 'bus'; readonly arn: string }
  | { readonly kind: 'log group'; readonly name: string };

/** Ranges of a retry policy. */
const retryAttempts = { least: 0, most: 185 };
const eventAgeSeconds = { least: 60, most: 86_400 };

/** The parameters of targets that are not served here. */
const foreignParameters = [
  'AppSyncParameters',
  'BatchParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
] as const satisfies readonly (keyof eventbridge.Target)[];

/** @throws ValidationException, or a 501 where it is not one of the targets served here */
export function destinationOf(arn: string): Destination {
  const [, service, accountId = '', resource = ''] = /^arn:[^:]*:([^:]+):[^:]*:([^:]*):(.+)$/.exec(arn) ?? [];
  if (service === undefined) {
    throw validationException('Provided Arn is not in correct format.');
  }
  if (service === 'lambda' && resource.startsWith('function:')) {
    return { kind: 'function', arn };
  }
  if (service === 'sqs') {
    return { kind: 'queue', accountId, name: resource };
  }
  if (service === 'sns') {
    return { kind: 'topic', arn };
  }
  if (service === 'events' && resource.startsWith('event-bus/')) {
    return { kind: 'bus', arn };
  }
  const [, group] = /^log-group:([^:]+)(?::\*)?$/.exec(resource) ?? [];
  if (service === 'logs' && group !== undefined) {
    return { kind: 'log group', name: group };
  }
  throw notServed(`The target ${arn} is`);
}

/**
 * Holds a target against what PutTargets takes.
 * @throws ValidationException, or a 501 where it is not one of the targets served here
 */
export function checkTarget(target: eventbridge.Target): void {
  const { Id = '', Arn = '' } = target;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Id)) {
    throw validationException(
      `1 validation error detected: Value '${Id}' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
    );
  }
  const destination = destinationOf(Arn);
  for (const name of foreignParameters) {
    if (target[name]) {
      throw notServed(`${name} is`);
    }
  }
  checkQueue(target, destination);
  checkBus(target, destination);
  checkInput(target);
  checkDelivery(target);
}

function checkQueue({ Id, SqsParameters }: eventbridge.Target, destination: Destination): void {
  const isFifo = destination.kind === 'queue' && destination.name.endsWith('.fifo');
  if (isFifo && !SqsParameters?.MessageGroupId) {
    throw validationException(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  }
  if (destination.kind !== 'queue' && SqsParameters) {
    throw validationException(`Parameter(s) SqsParameters not valid for target: ${Id}.`);
  }
}

/** Between buses an event goes as it is. */
function checkBus({ Id, Input, InputPath, InputTransformer }: eventbridge.Target, { kind }: Destination): void {
  if (kind === 'bus' && [Input, InputPath, InputTransformer].some((one) => one !== undefined)) {
    throw validationException(`Parameter(s) Input, InputPath and InputTransformer not valid for target: ${Id}.`);
  }
}

function checkInput({ Id, Input, InputPath, InputTransformer }: eventbridge.Target): void {
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1) {
    throw validationException(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined && !isJson(Input)) {
    throw validationException(`JSON syntax error in input for target ${Id}`);
  }
  const { InputPathsMap = {}, InputTemplate = '' } = InputTransformer ?? {};
  for (const path of [InputPath ?? '$', ...Object.values(InputPathsMap)]) {
    if (!isJsonPath(path)) {
      throw validationException(`Invalid JSONPath ${path} for target ${Id}.`);
    }
  }
  const unknown = variablesIn(InputTemplate).find(
    (name) => !Object.hasOwn(InputPathsMap, name) && !predefinedPattern.test(name),
  );
  if (unknown !== undefined) {
    throw validationException(`InputTemplate for target ${Id} contains invalid placeholder ${unknown}.`);
  }
}

function checkDelivery({ RetryPolicy = {}, DeadLetterConfig }: eventbridge.Target): void {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = RetryPolicy;
  checkRange('maximumRetryAttempts', MaximumRetryAttempts, retryAttempts);
  checkRange('maximumEventAgeInSeconds', MaximumEventAgeInSeconds, eventAgeSeconds);
  const deadLetterArn = DeadLetterConfig?.Arn;
  if (deadLetterArn !== undefined && destinationOf(deadLetterArn).kind !== 'queue') {
    throw validationException('Parameter DeadLetterConfig is not valid: its Arn must be that of an SQS queue.');
  }
}

function checkRange(name: string, value: number | undefined, { least, most }: { least: number; most: number }): void {
  if (value === undefined || (value >= least && value <= most)) {
    return;
  }
  throw validationException(
    `1 validation error detected: Value '${value}' at 'targets.1.member.retryPolicy.${name}' failed to satisfy constraint: Member must have value between ${least} and ${most}`,
  );
}

function isJson(text: string): boolean {
  if (!isBoundedJson(text)) {
    return false;
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
