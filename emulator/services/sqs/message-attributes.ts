import * as sqs from '@aws-sdk/client-sqs';
import { invalidParameter } from './errors.ts';
import { forbiddenCharacter } from './message-characters.ts';
import type { MessageAttributes } from './queue/message.ts';

const maxAttributes = 10;
const maxNameLength = 256;
const namePattern = /^(?!\.|.*\.$|.*\.\.|(?:aws|amazon)\.)[\w.-]+$/i;
const typePattern = /^(String|Number|Binary)(\..+)?$/;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const traceHeader = 'AWSTraceHeader';

/** Checks message attributes. Source: Amazon SQS Developer Guide, "Amazon SQS message metadata". */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > maxAttributes) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${maxAttributes}].`,
    );
  }
  for (const [name, value] of entries) {
    if (name.length > maxNameLength || !namePattern.test(name)) {
      throw invalidParameter(`Message (user) attribute name '${name}' is invalid.`);
    }
    checkValue('user', name, value);
  }
}

/** Checks message system attributes, of which a sender can set one: the trace header, which is returned. */
export function checkSystemAttributes(attributes: MessageAttributes): string | undefined {
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== traceHeader) {
      throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
    }
    if (value.DataType !== 'String') {
      throw invalidParameter(`Message (system) attribute '${name}' must be of type 'String'.`);
    }
    checkValue('system', name, value);
  }
  return attributes[traceHeader]?.StringValue;
}

function checkValue(kind: 'user' | 'system', name: string, value: sqs.MessageAttributeValue): void {
  const attribute = `Message (${kind}) attribute '${name}'`;
  const { DataType, StringValue, BinaryValue } = value;
  if (value.StringListValues?.length || value.BinaryListValues?.length) {
    const message = 'Message attribute list values in SendMessage operation are not supported.';
    throw new sqs.UnsupportedOperation({ message, $metadata: {} });
  }
  if (!DataType) {
    throw invalidParameter(`The ${attribute} must contain a non-empty message attribute type.`);
  }
  const type = typePattern.exec(DataType)?.[1];
  if (!type || DataType.length > maxNameLength) {
    throw invalidParameter(
      `The type of message (${kind}) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const empty = type === 'Binary' ? !BinaryValue?.byteLength : !StringValue;
  if (empty) {
    throw invalidParameter(`${attribute} must contain a non-empty value of type '${type}'.`);
  }
  // Of the body it would be InvalidMessageContents (verified on AWS).
  const wrong =
    type === 'Binary' ? undefined : forbiddenCharacter(StringValue ?? '', `the message (${kind}) attribute '${name}'`);
  if (wrong !== undefined) {
    throw invalidParameter(wrong);
  }
  if (type === 'Number' && !number.test(StringValue ?? '')) {
    throw invalidParameter(`Can't cast the value of message (${kind}) attribute '${name}' to a number.`);
  }
}

/** What attributes count towards the size of their message: names, types and values, in bytes. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  let size = 0;
  for (const [name, { DataType = '', StringValue = '', BinaryValue }] of Object.entries(attributes)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    size += BinaryValue?.byteLength ?? Buffer.byteLength(StringValue);
  }
  return size;
}
