import { randomBytes } from 'node:crypto';
import type { StreamViewType } from '@aws-sdk/client-dynamodb';

import type { StreamRecord } from '../../../wire/record-stream.ts';
import type { Item, ItemSchema } from '../item/item.ts';
import { itemSize } from '../item/item-size.ts';

/** A change of an item: what it was, and what it is. */
export interface Change {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Whether time to live has deleted it. */
  readonly expired: boolean;
}

/**
 * The record of a change, as it travels. Source: DynamoDB API Reference, "Record" and "StreamRecord"; for the identity of what expired
 * "DynamoDB Streams and Time to Live".
 */
export function recordOf(
  { before, after, expired }: Change,
  schema: ItemSchema,
  StreamViewType: StreamViewType,
  SequenceNumber: string,
  awsRegion: string,
): StreamRecord {
  const item = after ?? before ?? {};
  const names = schema.KeySchema.map(({ AttributeName = '' }) => AttributeName);
  const Keys: Item = Object.fromEntries(names.map((name) => [name, item[name] ?? {}]));
  const NewImage = after && /^NEW/.test(StreamViewType) ? after : undefined;
  const OldImage = before && /OLD_IMAGE/.test(StreamViewType) ? before : undefined;
  const time = Date.now();
  const event = {
    eventID: randomBytes(16).toString('hex'),
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(time / 1000),
      Keys,
      ...(NewImage && { NewImage }),
      ...(OldImage && { OldImage }),
      SequenceNumber,
      SizeBytes: [Keys, NewImage, OldImage].reduce((sum, part) => sum + (part ? itemSize(part) : 0), 0),
      StreamViewType,
    },
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
  };
  return { sequenceNumber: SequenceNumber, time, partition: JSON.stringify(item[names[0] ?? '']), event };
}
