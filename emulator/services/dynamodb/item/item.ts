import type { AttributeDefinition, KeySchemaElement, Projection } from '@aws-sdk/client-dynamodb';

/** An attribute as it travels: `{ S: 'text' }`, `{ N: '1' }`, `{ B: 'base64' }`. */
export type Attribute = Readonly<Record<string, unknown>>;

/** An item, or its key, as it travels and is kept. */
export type Item = Readonly<Record<string, Attribute>>;

/** Source: DynamoDB Developer Guide, "Constraints": an item of at most 400 KB. */
export const maxItemBytes = 400 * 1024;

/** A request or an answer about items, as it travels. */
export type Message = Readonly<Record<string, unknown>>;

export interface IndexSchema {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
}

/** Of a table's description, what decides where its items are kept. */
export interface ItemSchema {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly GlobalSecondaryIndexes?: readonly IndexSchema[] | undefined;
  readonly LocalSecondaryIndexes?: readonly IndexSchema[] | undefined;
}

/** What a document path leads to in an item, or undefined. */
export function attributeAt(path: readonly (string | number)[], item: Item): Attribute | undefined {
  let found: unknown = { M: item };
  for (const step of path) {
    const { M, L } = found as { M?: Record<string, unknown>; L?: unknown[] };
    found = typeof step === 'number' ? L?.[step] : M?.[step];
    if (found === undefined || found === null) {
      return undefined;
    }
  }
  return found as Attribute;
}
