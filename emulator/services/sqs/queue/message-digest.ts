import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** The transport type of an attribute's value, as one byte of the digest. */
const stringValue = Uint8Array.of(1);
const binaryValue = Uint8Array.of(2);

/** The MD5 of a message body, by which clients check what they sent and received. */
export function digestOfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/**
 * The MD5 of message attributes, or of message system attributes; undefined where there are none. Source: Amazon SQS Developer
 * Guide, "Calculating the MD5 message digest for message attributes".
 */
export function digestOfAttributes(attributes: Readonly<Record<string, MessageAttributeValue>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) {
    return undefined;
  }
  const hash = createHash('md5');
  const update = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.byteLength);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    update(Buffer.from(name));
    update(Buffer.from(DataType));
    hash.update(BinaryValue === undefined ? stringValue : binaryValue);
    update(BinaryValue ?? Buffer.from(StringValue ?? ''));
  }
  return hash.digest('hex');
}
