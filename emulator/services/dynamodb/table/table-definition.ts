import type { CreateTableCommandInput, GlobalSecondaryIndex, LocalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import * as createTableRules from 'dynalite/validations/createTable.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import { notServed, toAwsError, validationException } from '../errors.ts';
import type { IndexSchema, ItemSchema } from '../item/item.ts';
import { checkStream } from '../stream/streams.ts';
import { keyNamesOf, type TableSettings } from './table.ts';

const invalid = 'One or more parameter values were invalid:';

/**
 * Holds the definition of a table against the rules, and reads of it what decides where items are.
 * @throws ValidationException, or NotImplemented for what would be promised and not kept
 */
export function schemaOf(input: CreateTableCommandInput): ItemSchema {
  if (input.StreamSpecification?.StreamEnabled) {
    checkStream(undefined, input.StreamSpecification);
  }
  if (input.ResourcePolicy) {
    throw notServed('ResourcePolicy');
  }
  assertValid(input);
  const schema: ItemSchema = {
    TableName: input.TableName ?? '',
    AttributeDefinitions: input.AttributeDefinitions ?? [],
    KeySchema: input.KeySchema ?? [],
    ...(input.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: input.GlobalSecondaryIndexes.map(indexSchema) }),
    ...(input.LocalSecondaryIndexes && { LocalSecondaryIndexes: input.LocalSecondaryIndexes.map(indexSchema) }),
  };
  assertDefinitionsUsed(schema);
  for (const index of input.GlobalSecondaryIndexes ?? []) {
    assertThroughput(index, input);
  }
  return schema;
}

export function indexSchema({ IndexName = '', KeySchema = [], Projection = {} }: IndexDefinition): IndexSchema {
  return { IndexName, KeySchema, Projection };
}

type IndexDefinition = GlobalSecondaryIndex | LocalSecondaryIndex;

function assertValid(input: CreateTableCommandInput): void {
  try {
    const request = checkTypes(structuredClone(input), createTableRules.types);
    checkValidations(request, createTableRules.types, createTableRules.custom, {});
  } catch (error) {
    throw toAwsError(error);
  }
}

/** Holds an index that is added to a table against the rules that hold for one that is created with it. */
export function assertIndexValid(
  { TableName, KeySchema }: ItemSchema,
  definitions: ItemSchema['AttributeDefinitions'],
  index: IndexSchema,
): void {
  const used = keyNamesOf({ TableName, KeySchema, GlobalSecondaryIndexes: [index] });
  assertValid({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [...KeySchema],
    AttributeDefinitions: definitions.filter(({ AttributeName = '' }) => used.has(AttributeName)),
    GlobalSecondaryIndexes: [{ ...index, KeySchema: [...index.KeySchema] }],
  });
}

/** Each attribute that is defined must be a key of the table or of an index. */
export function assertDefinitionsUsed(schema: ItemSchema): void {
  const used = keyNamesOf(schema);
  const defined = schema.AttributeDefinitions.map(({ AttributeName = '' }) => AttributeName);
  if (defined.every((name) => used.has(name))) {
    return;
  }
  throw validationException(
    `${invalid} Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}

/** An index has a capacity of its own exactly where its table has one. */
export function assertThroughput(
  { IndexName, ProvisionedThroughput }: GlobalSecondaryIndex,
  { BillingMode }: TableSettings,
): void {
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (!ProvisionedThroughput) {
      return;
    }
    throw validationException(
      `${invalid} ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput ?? {};
  if (ReadCapacityUnits && WriteCapacityUnits) {
    return;
  }
  throw validationException(
    `${invalid} ReadCapacityUnits and WriteCapacityUnits must both be specified for index: ${IndexName}`,
  );
}
