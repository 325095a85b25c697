import { randomUUID } from 'node:crypto';
import type { MessageAttributeValue, PublishBatchRequestEntry, PublishInput } from '@aws-sdk/client-sns';
import { invalidParameter, invalidValue } from './errors.ts';
import { isObject, parsedJson } from './json.ts';
import type { Protocol } from './subscription.ts';

/** Bytes of a message with its attributes. */
export const maxMessageBytes = 256 * 1024;
const subject = /^[\x20-\x7e]{1,100}$/;
const attributeName = /^(?!\.|.*\.$|.*\.\.|(?:aws|amazon)\.)[\w.-]{1,256}$/i;
const dataType = /^(String|String\.Array|Number|Binary)(\..+)?$/;

/** A message that was accepted. */
export interface Message {
  readonly id: string;
  readonly topicArn: string;
  readonly time: Date;
  readonly subject: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
  /** The tracing header of the request that published it. */
  readonly traceHeader: string | undefined;
  /** The message as the subscribers of a protocol get it. */
  bodyFor(protocol: Protocol): string;
}

type Entry = Omit<PublishInput, 'PhoneNumber' | 'TargetArn' | 'TopicArn'> & Partial<PublishBatchRequestEntry>;

/** Holds what is published against AWS's rules. Source: SNS API Reference, "Publish". @throws InvalidParameterException, InvalidParameterValueException */
export function readMessage(
  entry: Entry,
  topicArn: string,
  rest: Pick<Message, 'deduplicationId' | 'sequenceNumber' | 'traceHeader'>,
): Message {
  const { Message: text = '', Subject, MessageAttributes: attributes = {}, MessageStructure } = entry;
  if (text === '') {
    throw invalidParameter('Empty message');
  }
  if (sizeOf(entry) > maxMessageBytes) {
    throw invalidParameter('Message too long');
  }
  if (Subject !== undefined && Subject !== '' && !subject.test(Subject)) {
    throw invalidParameter('Subject');
  }
  for (const [name, value] of Object.entries(attributes)) {
    checkAttribute(name, value);
  }
  return {
    id: randomUUID(),
    topicArn,
    time: new Date(),
    subject: Subject || undefined,
    attributes,
    groupId: entry.MessageGroupId,
    ...rest,
    bodyFor: MessageStructure ? structured(text, MessageStructure) : () => text,
  };
}

/** Bytes of a message: what it says, and its attributes. */
export function sizeOf({ Message: text = '', MessageAttributes: attributes = {} }: Entry): number {
  const sizes = Object.entries(attributes).map(
    ([name, { DataType = '', StringValue = '', BinaryValue }]) =>
      Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.byteLength ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(text));
}

function structured(text: string, structure: string): Message['bodyFor'] {
  if (structure !== 'json') {
    throw invalidParameter('MessageStructure');
  }
  const bodies = parsedJson(text);
  if (!isObject(bodies)) {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof bodies['default'] !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return (protocol) => String(Object.hasOwn(bodies, protocol) ? bodies[protocol] : bodies['default']);
}

function checkAttribute(name: string, { DataType = '', StringValue, BinaryValue }: MessageAttributeValue): void {
  if (!attributeName.test(name)) {
    throw invalidValue(`Invalid parameter: The message attribute name '${name}' is invalid.`);
  }
  if (!dataType.test(DataType)) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (DataType.startsWith('Binary') ? !BinaryValue?.byteLength : !StringValue) {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue))) {
    throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
}
