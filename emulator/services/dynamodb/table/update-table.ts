import type {
  CreateGlobalSecondaryIndexAction,
  ProvisionedThroughput,
  UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { limitExceeded, notServed, resourceNotFound, validationException } from '../errors.ts';
import type { ItemSchema } from '../item/item.ts';
import type { Streams } from '../stream/streams.ts';
import type { Table, TableSettings } from './table.ts';
import { assertDefinitionsUsed, assertIndexValid, assertThroughput, indexSchema } from './table-definition.ts';

const invalid = 'One or more parameter values were invalid:';
const settingNames = [
  'BillingMode',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'SSESpecification',
  'TableClass',
] as const;
const unservedSettings = [
  'GlobalTableWitnessUpdates',
  'MultiRegionConsistency',
  'ReplicaUpdates',
  'WarmThroughput',
] as const;

/**
 * UpdateTable: settings, capacity, a stream, and one global index made or deleted. Items stay, and a new index is filled with them.
 * Everything is checked before anything is changed.
 */
export function updateTable(table: Table, input: UpdateTableCommandInput, streams: Streams): void {
  const unserved = unservedSettings.find((name) => input[name] !== undefined);
  if (unserved) {
    throw notServed(unserved);
  }
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  if (updates.length === 0 && !input.StreamSpecification && settingNames.every((name) => input[name] === undefined)) {
    throw validationException(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  const settings = settingsAfter(table, input);
  const steps = indexSteps(table, input, settings);
  if (input.StreamSpecification) {
    streams.set(table, input.StreamSpecification);
  }
  table.settings = settings;
  if (input.BillingMode === 'PAY_PER_REQUEST') {
    table.onDemandSince = new Date();
  }
  if (settings.BillingMode === 'PAY_PER_REQUEST') {
    table.indexThroughput.clear();
  }
  for (const step of steps) {
    step();
  }
}

function settingsAfter(table: Table, input: UpdateTableCommandInput): TableSettings {
  const before = table.settings;
  const given = Object.fromEntries(
    settingNames.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  );
  const after: TableSettings = { ...before, ...given };
  if (after.BillingMode === 'PAY_PER_REQUEST') {
    if (input.ProvisionedThroughput) {
      throw validationException(
        `${invalid} Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
      );
    }
    return { ...after, ProvisionedThroughput: undefined };
  }
  if (!after.ProvisionedThroughput) {
    throw validationException(`${invalid} ProvisionedThroughput must be specified when BillingMode is PROVISIONED`);
  }
  const unbilled = before.BillingMode === 'PAY_PER_REQUEST';
  if (unbilled) {
    assertIndexesProvisioned(table, input);
  } else if (input.ProvisionedThroughput) {
    assertChanged('table', before.ProvisionedThroughput, input.ProvisionedThroughput);
  }
  return after;
}

/** A table that is no longer on demand needs a capacity for each of its indexes. */
function assertIndexesProvisioned(
  { schema }: Table,
  { GlobalSecondaryIndexUpdates = [] }: UpdateTableCommandInput,
): void {
  const given = new Set(
    GlobalSecondaryIndexUpdates.flatMap(({ Update, Delete }) => Update?.IndexName ?? Delete?.IndexName ?? []),
  );
  const missing = (schema.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => !given.has(IndexName));
  if (missing.length === 0) {
    return;
  }
  const names = missing.map(({ IndexName }) => IndexName).join(',');
  throw validationException(`${invalid} ProvisionedThroughput must be specified for index: ${names}`);
}

function assertChanged(what: string, before: ProvisionedThroughput | undefined, after: ProvisionedThroughput): void {
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = before ?? {};
  if (read !== after.ReadCapacityUnits || write !== after.WriteCapacityUnits) {
    return;
  }
  throw validationException(
    `The provisioned throughput for the ${what} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the ${what}: ${read}. Requested ReadCapacityUnits: ${after.ReadCapacityUnits}. Current WriteCapacityUnits provisioned for the ${what}: ${write}. Requested WriteCapacityUnits: ${after.WriteCapacityUnits}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
}

/** What is to be done to the indexes, once all of it is known to be possible. */
function indexSteps(table: Table, input: UpdateTableCommandInput, settings: TableSettings): (() => void)[] {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  if (updates.filter(({ Create, Delete }) => Create ?? Delete).length > 1) {
    throw limitExceeded(
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  return updates.map(({ Create, Update, Delete }) => {
    if (Create) {
      return creation(table, Create, input.AttributeDefinitions ?? [], settings);
    }
    const IndexName = Update?.IndexName ?? Delete?.IndexName ?? '';
    if (!table.schema.GlobalSecondaryIndexes?.some((index) => index.IndexName === IndexName)) {
      throw resourceNotFound(`Requested resource not found: Index: ${IndexName} not found`);
    }
    if (Delete) {
      return () => table.removeIndex(IndexName);
    }
    assertThroughput({ ...Update, KeySchema: [], Projection: {}, IndexName }, settings);
    const throughput = Update?.ProvisionedThroughput;
    return () => {
      if (throughput) {
        table.indexThroughput.set(IndexName, throughput);
      }
    };
  });
}

function creation(
  table: Table,
  action: CreateGlobalSecondaryIndexAction,
  given: ItemSchema['AttributeDefinitions'],
  settings: TableSettings,
): () => void {
  const index = indexSchema(action);
  const definitions = definitionsAfter(table.schema, given);
  if (table.index(index.IndexName)) {
    throw validationException('Attempting to create an index which already exists');
  }
  const keys = index.KeySchema.map(({ AttributeName = '' }) => AttributeName);
  const defined = definitions.map(({ AttributeName = '' }) => AttributeName);
  if (!keys.every((key) => defined.includes(key))) {
    throw validationException(
      `${invalid} Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  const GlobalSecondaryIndexes = [...(table.schema.GlobalSecondaryIndexes ?? []), index];
  assertDefinitionsUsed({ ...table.schema, AttributeDefinitions: definitions, GlobalSecondaryIndexes });
  assertIndexValid(table.schema, definitions, index);
  assertThroughput(action, settings);
  return () => {
    table.addIndex(index, definitions);
    if (action.ProvisionedThroughput) {
      table.indexThroughput.set(index.IndexName, action.ProvisionedThroughput);
    }
  };
}

/** A request needs to define the keys of the new index only; those of before stay what they are. */
function definitionsAfter(
  { AttributeDefinitions: before }: ItemSchema,
  given: ItemSchema['AttributeDefinitions'],
): ItemSchema['AttributeDefinitions'] {
  const types = new Map(before.map((definition) => [definition.AttributeName, definition]));
  for (const definition of given) {
    const { AttributeName, AttributeType } = definition;
    if ((types.get(AttributeName)?.AttributeType ?? AttributeType) !== AttributeType) {
      throw validationException(`${invalid} Type mismatch for the defined attribute: ${AttributeName}`);
    }
    types.set(AttributeName, definition);
  }
  return [...types.values()];
}
