import { crc32 } from 'node:zlib';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as dynamodbStreams from '@aws-sdk/client-dynamodb-streams';
import type { TableState } from '../../wire/activity/event.ts';
import type { WireAnswer, WireRequest } from '../../wire/http.ts';
import { AwsError, type Handlers, type Region } from '../../wire/operation.ts';
import { outOfBounds } from '../../wire/protocols/bounds.ts';
import { isBoundedJson } from '../../wire/protocols/json-bounds.ts';
import type { RecordStream } from '../../wire/record-stream.ts';
import { inputOf } from '../../wire/schema.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { validateShape } from '../../wire/validate.ts';
import { accountOperations } from './account-operations.ts';
import { isItemError, notServed } from './errors.ts';
import type { Message } from './item/item.ts';
import { nestsTooDeeply } from './item/nesting.ts';
import { signedNumber, withoutPlus } from './item/number.ts';
import { isItemOperation, serveItems } from './item-operations.ts';
import { getRecords, streamOperations } from './stream/stream-operations.ts';
import { backupOperations } from './table/backup-operations.ts';
import { tableOperations } from './table/table-operations.ts';
import { Tables } from './table/tables.ts';
import { tagOperations } from './table/tag-operations.ts';
import { TimeToLive } from './table/time-to-live.ts';
import { transactGet } from './transaction/transact-get.ts';
import { TransactWrite } from './transaction/transact-write.ts';

/** Bytes of a request: BatchWriteItem's 16 MB ("Quotas in Amazon DynamoDB"). */
const requestLimit = 16 * 1024 * 1024;

/** DynamoDB Streams is an API of its own under the same signing name: the names of the operations tell them apart. */
const model = serviceModel('dynamodb', { ...dynamodbStreams, ...dynamodb }, { bodyLimit: requestLimit });

type Client = typeof dynamodb & Omit<typeof dynamodbStreams, keyof typeof dynamodb>;

/** Whether an operation has no handler, but is served from the message as it travels: all that has items in it. */
export const isMessageOperation = (operation: string): boolean =>
  isItemOperation(operation) || ['TransactWriteItems', 'TransactGetItems', 'GetRecords'].includes(operation);

/**
 * DynamoDB. Tables are ours; what is done to items is dynalite's (expressions, conditions, paging), on a store of ours in
 * which each write is done in one go. Items stay in the form in which they travel, which spares two conversions a call.
 * Less than AWS: no PartiQL, backups or imports; capacity is kept and not enforced.
 */
export function createDynamoDb(region: Region) {
  const tables = new Tables(region);
  const timeToLive = new TimeToLive(tables);
  const transactWrite = new TransactWrite(tables);
  const operations = {
    ...tableOperations(tables),
    ...tagOperations(tables),
    ...backupOperations(tables),
    ...accountOperations(region),
    ...timeToLive.operations,
    ...streamOperations(tables.streams),
  } satisfies Handlers<Client>;

  async function serve(operation: string, request: Message): Promise<Message> {
    if (isItemOperation(operation)) {
      return serveItems(operation, request, tables);
    }
    if (operation === 'TransactWriteItems') {
      return transactWrite.serve(request);
    }
    if (operation === 'TransactGetItems') {
      return transactGet(request, tables);
    }
    if (operation === 'GetRecords') {
      return getRecords(tables.streams, request);
    }
    throw notServed(operation);
  }

  return {
    service: service<Client>(model, operations, async (operation, request) => {
      try {
        const message = messageOf(request);
        const schema = model.operations.get(operation);
        if (schema) {
          validateShape(inputOf(schema), message);
        }
        return answer(200, await serve(operation, message));
      } catch (error) {
        if (isItemError(error)) {
          return answer(error.statusCode, error.body);
        }
        throw error;
      }
    }),
    operations,
    consumed: tables.consumed,
    /** A stream of a table in this region. */
    findStream: (arn: string): RecordStream | undefined => tables.streams.find(arn),
    /** What there is now. */
    states: (): TableState[] => tables.all().map(({ name, items }) => ({ name, items: items.size })),
    /** Stops the timer, and lets go of all items. */
    close: () => {
      timeToLive.close();
      tables.clear();
    },
  };
}

/**
 * What a request says. A batch of 25 items may hold more values on AWS; reading them would keep all others waiting.
 */
function messageOf({ body }: WireRequest): Message {
  const text = body.toString();
  if (!isBoundedJson(text)) {
    throw isBoundedJson(text, { values: Number.POSITIVE_INFINITY }) ? outOfBounds() : nestsTooDeeply();
  }
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  if (typeof message === 'object' && message !== null && !Array.isArray(message)) {
    return (signedNumber.test(text) ? withoutPlus(message) : message) as Message;
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}

function answer(status: number, message: Message): WireAnswer {
  const body = JSON.stringify(message);
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) };
  return { status, headers, body };
}
