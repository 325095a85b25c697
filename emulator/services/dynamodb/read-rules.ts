import { ItemError } from './errors.ts';
import type { Item, ItemSchema, Message } from './item/item.ts';
import { assertNotEmpty } from './item/key-values.ts';

/** What each way to select says it gets. */
const selections: Readonly<Record<string, string>> = {
  ALL_ATTRIBUTES: 'ALL_ATTRIBUTES',
  ALL_PROJECTED_ATTRIBUTES: 'ALL_PROJECTED_ATTRIBUTES',
  COUNT: 'only the Count',
};

const invalid = (message: string) => new ItemError('ValidationException', { message });

/**
 * Holds a Query or a Scan against what it may ask of a table or an index. The words were verified on AWS: those of Select have a prefix in
 * a Query.
 * @throws ValidationException
 */
export function assertReadable(operation: 'Query' | 'Scan', request: Message, schema: ItemSchema | undefined): void {
  const wrong = wrongSelection(request);
  if (wrong !== undefined) {
    throw invalid(operation === 'Query' ? `1 validation error detected: ${wrong}` : wrong);
  }
  if (operation === 'Scan') {
    assertScannable(request, schema);
  } else if (schema) {
    assertKeyConditions(request, schema);
  }
}

function wrongSelection({ Select, ProjectionExpression, AttributesToGet, IndexName }: Message): string | undefined {
  const selection = selections[String(Select)];
  if (selection !== undefined && (ProjectionExpression !== undefined || AttributesToGet !== undefined)) {
    const parameter = ProjectionExpression === undefined ? 'AttributesToGet' : 'ProjectionExpression';
    return `Cannot specify the ${parameter} when choosing to get ${selection}`;
  }
  if (Select === 'SPECIFIC_ATTRIBUTES' && ProjectionExpression === undefined && AttributesToGet === undefined) {
    return 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES';
  }
  return Select === 'ALL_PROJECTED_ATTRIBUTES' && IndexName === undefined
    ? 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName'
    : undefined;
}

/** Source: Amazon DynamoDB API Reference, Scan: `Segment` and `ConsistentRead`. */
function assertScannable({ Segment, TotalSegments, ConsistentRead, IndexName }: Message, schema?: ItemSchema): void {
  if (Segment !== undefined && TotalSegments === undefined) {
    throw invalid(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (ConsistentRead === true && schema?.GlobalSecondaryIndexes?.some((index) => index.IndexName === IndexName)) {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
}

/** A key is never empty, so there is nothing to compare it with either. */
function assertKeyConditions({ KeyConditions, IndexName }: Message, schema: ItemSchema): void {
  const indexes = [...(schema.GlobalSecondaryIndexes ?? []), ...(schema.LocalSecondaryIndexes ?? [])];
  const { KeySchema } = indexes.find((index) => index.IndexName === IndexName) ?? schema;
  for (const { AttributeName = '' } of KeySchema) {
    const { AttributeValueList = [] } = (KeyConditions as Record<string, { AttributeValueList?: Item[string][] }>)[
      AttributeName
    ] ?? { AttributeValueList: [] };
    for (const value of AttributeValueList) {
      assertNotEmpty(AttributeName, value);
    }
  }
}
