import * as streams from '@aws-sdk/client-dynamodb-streams';
import type { Handlers } from '../../../wire/operation.ts';
import { validationException } from '../errors.ts';
import type { Message } from '../item/item.ts';
import { tableNameOf } from '../table-name.ts';
import type { Streams } from './streams.ts';
import { placeOf, sequenceNumberAt, type TableStream } from './table-stream.ts';

const mostListed = 100;
const mostRecords = 1000;
/** Bytes of the records of an answer, and how long an iterator holds. */
const mostBytes = 1024 * 1024;
const iteratorMs = 15 * 60 * 1000;

interface Iterator {
  readonly arn: string;
  readonly place: number;
  readonly made: number;
}

/** DynamoDB Streams. Source: DynamoDB API Reference, "Amazon DynamoDB Streams". GetRecords is {@link getRecords}. */
export const streamOperations = (all: Streams) =>
  ({
    ListStreams: ({ TableName, Limit = mostListed, ExclusiveStartStreamArn = '' }) => {
      const name = TableName === undefined ? undefined : tableNameOf(TableName);
      const after = all
        .all()
        .filter(({ arn, table }) => arn > ExclusiveStartStreamArn && (name === undefined || table.name === name))
        .sort((a, b) => (a.arn < b.arn ? -1 : 1));
      const Streams = after
        .slice(0, Math.min(Limit, mostListed))
        .map(({ arn: StreamArn, label: StreamLabel, table }) => ({ StreamArn, StreamLabel, TableName: table.name }));
      const last = Streams.at(-1)?.StreamArn;
      return { Streams, ...(after.length > Streams.length && last && { LastEvaluatedStreamArn: last }) };
    },

    DescribeStream: ({ StreamArn = '', ExclusiveStartShardId }) => {
      const stream = existing(all, StreamArn);
      return {
        StreamDescription: {
          StreamArn: stream.arn,
          StreamLabel: stream.label,
          StreamStatus: stream.ended ? ('DISABLED' as const) : ('ENABLED' as const),
          StreamViewType: stream.viewType,
          CreationRequestDateTime: stream.created,
          TableName: stream.table.name,
          KeySchema: stream.table.schema.KeySchema as streams.KeySchemaElement[],
          Shards: ExclusiveStartShardId === stream.shardId ? [] : [shardOf(stream)],
        },
      };
    },

    GetShardIterator: ({ StreamArn = '', ShardId, ShardIteratorType = '', SequenceNumber }) => {
      const stream = existing(all, StreamArn);
      if (ShardId !== stream.shardId) {
        throw notFound(`Requested resource not found: Shard: ${ShardId} not found`);
      }
      return { ShardIterator: written({ arn: stream.arn, place: placeAt(stream, ShardIteratorType, SequenceNumber) }) };
    },
  }) satisfies Handlers<typeof streams>;

/** Records from where an iterator is, as they travel: what is in them is DynamoDB's, and is not converted twice. */
export function getRecords(all: Streams, { ShardIterator, Limit = mostRecords }: Message): Message {
  const iterator = readIterator(String(ShardIterator));
  const stream = iterator && all.find(iterator.arn);
  if (!iterator || !stream) {
    throw validationException('Invalid ShardIterator');
  }
  if (Date.now() - iterator.made > iteratorMs) {
    throw new streams.ExpiredIteratorException({
      message: 'The shard iterator has expired. Shard iterators are valid for 15 minutes.',
      $metadata: {},
    });
  }
  if (Number(Limit) < 1 || Number(Limit) > mostRecords) {
    throw validationException(
      `1 validation error detected: Value '${String(Limit)}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${mostRecords}`,
    );
  }
  assertKept(stream, iterator.place);
  const { records } = stream.read(iterator.place, Number(Limit));
  let bytes = 0;
  const fitting = records.filter(({ event }, n) => {
    bytes += Buffer.byteLength(JSON.stringify(event));
    return n === 0 || bytes <= mostBytes;
  });
  const next = iterator.place + fitting.length;
  const isAtEnd = stream.ended !== undefined && next >= stream.end;
  return {
    Records: fitting.map(({ event }) => ofApi(event)),
    ...(!isAtEnd && { NextShardIterator: written({ arn: stream.arn, place: next }) }),
  };
}

/** The API spells the identity otherwise than Lambda's events do. */
function ofApi(event: object): object {
  const { userIdentity, ...record } = event as {
    readonly userIdentity?: { readonly type: string; readonly principalId: string };
  };
  return userIdentity
    ? { ...record, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } }
    : record;
}

function placeAt(stream: TableStream, type: string, sequenceNumber: string | undefined): number {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') {
    return stream.start(type);
  }
  const place = placeOf(sequenceNumber ?? '');
  if (!(place >= 0) || place > stream.end) {
    throw validationException(`Invalid SequenceNumber: ${sequenceNumber}`);
  }
  assertKept(stream, place);
  return type === 'AFTER_SEQUENCE_NUMBER' ? place + 1 : place;
}

/** @throws TrimmedDataAccessException */
function assertKept(stream: TableStream, place: number): void {
  if (place >= stream.start('TRIM_HORIZON')) {
    return;
  }
  throw new streams.TrimmedDataAccessException({
    message: 'The operation attempted to read past the oldest stream record in a shard.',
    $metadata: {},
  });
}

function shardOf(stream: TableStream): streams.Shard {
  return {
    ShardId: stream.shardId,
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumberAt(0),
      ...(stream.ended && { EndingSequenceNumber: sequenceNumberAt(Math.max(0, stream.end - 1)) }),
    },
  };
}

const written = (iterator: Omit<Iterator, 'made'>): string =>
  `${iterator.arn}|1|${Buffer.from(JSON.stringify({ ...iterator, made: Date.now() })).toString('base64')}`;

function readIterator(text: string): Iterator | undefined {
  try {
    return JSON.parse(Buffer.from(text.split('|').at(-1) ?? '', 'base64').toString()) as Iterator;
  } catch {
    return undefined;
  }
}

function existing(all: Streams, arn: string): TableStream {
  const stream = all.find(arn);
  if (!stream) {
    throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  }
  return stream;
}

const notFound = (message: string) => new streams.ResourceNotFoundException({ message, $metadata: {} });
