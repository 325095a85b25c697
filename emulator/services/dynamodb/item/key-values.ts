import { ItemError } from '../errors.ts';
import type { Attribute, Item, ItemSchema, Message } from './item.ts';

/** Source: DynamoDB Developer Guide, "Constraints": bytes of a partition key and of a sort key, of tables and of indexes. */
const maxPartitionKeyBytes = 2048;
const maxSortKeyBytes = 1024;

const invalid = (message: string) => new ItemError('ValidationException', { message });

/**
 * Holds the keys that a prepared request names against what can be one. A transaction is refused for it, too, before it begins.
 * @throws ValidationException
 */
export function assertKeys({ TableName, Item, Key, RequestItems }: Message, schemaOf: SchemaOf): void {
  if (typeof TableName === 'string') {
    assertKey((Key ?? Item) as Item | undefined, schemaOf(TableName));
  }
  for (const [table, requests] of Object.entries((RequestItems ?? {}) as Record<string, TableRequests>)) {
    const schema = schemaOf(table);
    const keys = 'Keys' in requests ? requests.Keys : requests.map(keyOfWrite);
    for (const key of keys) {
      assertKey(key, schema);
    }
  }
}

type SchemaOf = (table: string) => ItemSchema | undefined;

interface Write {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

/** What a batch asks of a table: writes, or reads. */
type TableRequests = readonly Write[] | { readonly Keys: readonly Item[] };

const keyOfWrite = ({ PutRequest, DeleteRequest }: Write) => PutRequest?.Item ?? DeleteRequest?.Key;

function assertKey(item: Item | undefined, schema: ItemSchema | undefined): void {
  if (!item || !schema) {
    return;
  }
  for (const { AttributeName = '', KeyType } of schema.KeySchema) {
    const value = item[AttributeName];
    if (value) {
      assertNotEmpty(AttributeName, value);
      assertKeySize(value, KeyType === 'HASH');
    }
  }
}

/** @throws ValidationException */
export function assertNotEmpty(name: string, { S, B }: Attribute): void {
  if (S === '' || B === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${S === '' ? 'string' : 'binary'} value. Key: ${name}`,
    );
  }
}

/** Numbers always fit. @throws ValidationException */
export function assertKeySize({ S, B }: Attribute, isPartitionKey: boolean): void {
  const bytes = S === undefined ? Buffer.byteLength(String(B ?? ''), 'base64') : Buffer.byteLength(String(S));
  if (isPartitionKey && bytes > maxPartitionKeyBytes) {
    // AWS leaves no space there.
    throw invalid(
      `One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of${maxPartitionKeyBytes} bytes`,
    );
  }
  if (!isPartitionKey && bytes > maxSortKeyBytes) {
    throw invalid(
      `One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of ${maxSortKeyBytes} bytes`,
    );
  }
}
