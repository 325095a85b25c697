import { isDeepStrictEqual } from 'node:util';
import type { GlobalSecondaryIndexDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import { validationError } from '../../errors.ts';
import type { Properties } from '../../provider.ts';

/** Whether a key attribute of a table is to be of another type, which no table can be changed to. */
export function redefinesAttribute(actual: TableDescription, properties: Properties): boolean {
  const types = new Map(actual.AttributeDefinitions?.map((one) => [one.AttributeName, one.AttributeType]));
  const wanted = (properties['AttributeDefinitions'] ?? []) as Properties[];
  return wanted.some(({ AttributeName, AttributeType }) => {
    const type: unknown = types.get(AttributeName as string);
    return type !== undefined && type !== AttributeType;
  });
}

/**
 * What UpdateTable is to be told of a table's global secondary indexes; undefined where they are as they should be.
 * As on AWS, one update of a stack makes or deletes one index; one that is defined anew would be both.
 * @throws ValidationError
 */
export function indexChange(actual: TableDescription, properties: Properties): Properties | undefined {
  const wanted = (properties['GlobalSecondaryIndexes'] ?? []) as Properties[];
  const present = actual.GlobalSecondaryIndexes ?? [];
  const same = (index: GlobalSecondaryIndexDescription, definition: Properties): boolean =>
    index.IndexName === definition['IndexName'] && isDeepStrictEqual(shapeOf(index), shapeOf(definition));
  const created = wanted.filter((definition) => !present.some((index) => same(index, definition)));
  const deleted = present.filter((index) => !wanted.some((definition) => same(index, definition)));
  if (created.length + deleted.length > 1) {
    throw validationError('Cannot perform more than one GSI creation or deletion in a single update');
  }
  const updates = [
    ...deleted.map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...created.map((definition) => ({ Create: definition })),
  ];
  if (updates.length === 0) {
    return undefined;
  }
  return { AttributeDefinitions: properties['AttributeDefinitions'], GlobalSecondaryIndexUpdates: updates };
}

/** What makes an index the one it is, in one order. */
function shapeOf({ KeySchema, Projection }: GlobalSecondaryIndexDescription | Properties): unknown {
  const keys = ((KeySchema ?? []) as Properties[]).map(({ AttributeName, KeyType }) => [AttributeName, KeyType]);
  const { ProjectionType = 'KEYS_ONLY', NonKeyAttributes = [] } = (Projection ?? {}) as Properties;
  return [keys, ProjectionType, [...(NonKeyAttributes as string[])].sort()];
}
