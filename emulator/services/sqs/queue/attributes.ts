import * as sqs from '@aws-sdk/client-sqs';
import { isBoundedJson } from '../../../wire/protocols/json-bounds.ts';
import { invalidAttributeValue, unknownAttribute } from '../errors.ts';
import {
  parseRedriveAllowPolicy,
  parseRedrivePolicy,
  type RedriveAllowPolicy,
  type RedrivePolicy,
} from './redrive-policy.ts';

export type Attributes = Readonly<Partial<Record<sqs.QueueAttributeName, string>>>;

interface Range {
  readonly min: number;
  readonly max: number;
  /** What a new queue has, if anything. */
  readonly initial?: number;
}

/** Source: Amazon SQS API Reference, SetQueueAttributes. Times in seconds, sizes in bytes. */
const ranges: Readonly<Partial<Record<string, Range>>> = {
  DelaySeconds: { min: 0, max: 900, initial: 0 },
  MaximumMessageSize: { min: 1024, max: 1_048_576, initial: 1_048_576 },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, initial: 345_600 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, initial: 0 },
  VisibilityTimeout: { min: 0, max: 43_200, initial: 30 },
  KmsDataKeyReusePeriodSeconds: { min: 60, max: 86_400 },
};

const choicesOf: Readonly<Partial<Record<string, readonly string[]>>> = {
  SqsManagedSseEnabled: ['true', 'false'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};

const documents: ReadonlySet<string> = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy']);
const fifoOnly: ReadonlySet<string> = new Set([
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);
const defaultKeyReuseSeconds = '300';

/** What a queue's attributes say, read once: sends and receives look here. */
export interface QueueSettings {
  /** As GetQueueAttributes answers them. */
  readonly attributes: Attributes;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Whether a deduplication id counts within its message group only. */
  readonly deduplicationPerGroup: boolean;
  readonly delaySeconds: number;
  readonly maximumMessageSize: number;
  readonly messageRetentionPeriod: number;
  readonly receiveMessageWaitTimeSeconds: number;
  readonly visibilityTimeout: number;
  readonly redrivePolicy: RedrivePolicy | undefined;
  readonly redriveAllowPolicy: RedriveAllowPolicy | undefined;
}

/** Attributes whose value is `true` or `false`: AWS takes them in any case, such as `True` (verified on AWS), and answers in lower case. */
const booleans: ReadonlySet<string> = new Set(['FifoQueue', 'ContentBasedDeduplication', 'SqsManagedSseEnabled']);

/** Attributes as a queue keeps them. */
export const normalized = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, booleans.has(name) ? value.toLowerCase() : value]),
  );

/** The settings of a new queue. @throws InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue (redrive policies) */
export function newSettings(attributes: Attributes): QueueSettings {
  const fifo = attributes.FifoQueue === 'true';
  // AWS knows this attribute with one value only.
  if (attributes.FifoQueue !== undefined && !fifo) {
    throw unknownAttribute('FifoQueue');
  }
  const defaults = Object.entries(ranges).flatMap(([name, range]) =>
    range?.initial === undefined ? [] : [[name, String(range.initial)]],
  );
  const initial: Attributes = {
    ...Object.fromEntries(defaults),
    SqsManagedSseEnabled: 'true',
    ...(fifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    }),
  };
  return changeSettings(read(initial), attributes);
}

/** Settings with some attributes changed, as SetQueueAttributes does; an empty document or key id takes that attribute away. */
export function changeSettings(settings: QueueSettings, changes: Attributes): QueueSettings {
  for (const [name, value] of Object.entries(changes)) {
    checkAttribute(name, value, settings.fifo);
  }
  const merged = { ...settings.attributes, ...changes, ...encryptionChanges(changes) };
  if (merged.KmsMasterKeyId && merged.SqsManagedSseEnabled === 'true') {
    throw new sqs.InvalidAttributeName({
      message:
        'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
      $metadata: {},
    });
  }
  return read(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')));
}

/** A key from KMS takes the place of the encryption that every queue has otherwise. */
function encryptionChanges({
  KmsMasterKeyId,
  SqsManagedSseEnabled,
  KmsDataKeyReusePeriodSeconds,
}: Attributes): Attributes {
  if (KmsMasterKeyId === '') {
    return { KmsDataKeyReusePeriodSeconds: '' };
  }
  if (!KmsMasterKeyId) {
    return {};
  }
  return {
    SqsManagedSseEnabled: SqsManagedSseEnabled ?? 'false',
    KmsDataKeyReusePeriodSeconds: KmsDataKeyReusePeriodSeconds ?? defaultKeyReuseSeconds,
  };
}

function checkAttribute(name: string, value: string, fifo: boolean): void {
  if (name === 'FifoQueue') {
    checkFifoQueue(value, fifo);
    return;
  }
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  const choices = Object.hasOwn(choicesOf, name) ? choicesOf[name] : undefined;
  if (fifoOnly.has(name) && !fifo) {
    throw unknownAttribute(name);
  }
  if (range) {
    const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= range.min && number <= range.max)) {
      throw invalidAttributeValue(name);
    }
  } else if (choices) {
    if (!choices.includes(value)) {
      throw invalidAttributeValue(name);
    }
  } else if (name !== 'KmsMasterKeyId' && !documents.has(name)) {
    throw unknownAttribute(name);
  }
  if (name === 'Policy' && value !== '' && !isPolicy(value)) {
    throw invalidAttributeValue(name);
  }
}

function checkFifoQueue(value: string, fifo: boolean): void {
  if (!fifo) {
    throw unknownAttribute('FifoQueue');
  }
  if (value !== 'true') {
    throw invalidAttributeValue('FifoQueue', 'Modifying queue type is not supported.');
  }
}

function read(attributes: Attributes): QueueSettings {
  const { RedrivePolicy, RedriveAllowPolicy } = attributes;
  return {
    attributes,
    fifo: attributes.FifoQueue === 'true',
    contentBasedDeduplication: attributes.ContentBasedDeduplication === 'true',
    deduplicationPerGroup: attributes.DeduplicationScope === 'messageGroup',
    delaySeconds: Number(attributes.DelaySeconds),
    maximumMessageSize: Number(attributes.MaximumMessageSize),
    messageRetentionPeriod: Number(attributes.MessageRetentionPeriod),
    receiveMessageWaitTimeSeconds: Number(attributes.ReceiveMessageWaitTimeSeconds),
    visibilityTimeout: Number(attributes.VisibilityTimeout),
    redrivePolicy: RedrivePolicy === undefined ? undefined : parseRedrivePolicy(RedrivePolicy),
    redriveAllowPolicy: RedriveAllowPolicy === undefined ? undefined : parseRedriveAllowPolicy(RedriveAllowPolicy),
  };
}

/** The attribute in which an existing queue differs from what CreateQueue asks for; it asks only for what it names. */
export function differingAttribute(settings: QueueSettings, wanted: Attributes): string | undefined {
  const found = Object.entries(wanted).find(([name, value]) => {
    const present = settings.attributes[name as sqs.QueueAttributeName] ?? '';
    return documents.has(name) ? !sameJson(present, value) : present !== value;
  });
  return found?.[0];
}

function sameJson(a: string, b: string): boolean {
  return a === b || (isJson(a) && isJson(b) && JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b)));
}

/** Whether a text is a JSON object with one statement, or a list of them. */
function isPolicy(text: string): boolean {
  if (!isJson(text)) {
    return false;
  }
  const policy: unknown = JSON.parse(text);
  if (!isObject(policy)) {
    return false;
  }
  const { Statement } = policy as { readonly Statement?: unknown };
  return Statement === undefined || [Statement].flat().every(isObject);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

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
