import type * as dynamodb from '@aws-sdk/client-dynamodb';
import { arn, type Handlers } from '../../../wire/operation.ts';
import { validationException } from '../errors.ts';
import { Table } from './table.ts';
import { schemaOf } from './table-definition.ts';
import { describeTable } from './table-description.ts';
import type { Tables } from './tables.ts';
import { addTags } from './tag-operations.ts';
import { updateTable } from './update-table.ts';

/** ListTables answers with 100 names at the most. */
const page = 100;

/** Tables. What is asked of one is done when the call is answered, so that a table is ACTIVE, or gone, at once. */
export const tableOperations = (tables: Tables) =>
  ({
    CreateTable: (input) => {
      const schema = schemaOf(input);
      const { BillingMode, DeletionProtectionEnabled, OnDemandThroughput, ProvisionedThroughput } = input;
      const { SSESpecification, TableClass } = input;
      const settings = {
        BillingMode,
        DeletionProtectionEnabled,
        OnDemandThroughput,
        ProvisionedThroughput,
        SSESpecification,
        TableClass,
      };
      const { region } = tables;
      const table = new Table(schema, arn(region, 'dynamodb', `table/${schema.TableName}`), settings, region.activity);
      for (const { IndexName = '', ProvisionedThroughput } of input.GlobalSecondaryIndexes ?? []) {
        if (ProvisionedThroughput) {
          table.indexThroughput.set(IndexName, ProvisionedThroughput);
        }
      }
      addTags(table, input.Tags ?? []);
      tables.add(table);
      if (input.StreamSpecification?.StreamEnabled) {
        tables.streams.set(table, input.StreamSpecification);
      }
      return { TableDescription: describeTable(table) };
    },

    DescribeTable: ({ TableName }) => ({ Table: describeTable(tables.get(TableName)) }),

    UpdateTable: (input) => {
      const table = tables.get(input.TableName);
      updateTable(table, input, tables.streams);
      return { TableDescription: describeTable(table) };
    },

    DeleteTable: ({ TableName }) => {
      const table = tables.get(TableName);
      if (table.settings.DeletionProtectionEnabled) {
        throw validationException(
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        );
      }
      tables.remove(table);
      return { TableDescription: describeTable(table, 'DELETING') };
    },

    ListTables: ({ ExclusiveStartTableName = '', Limit = page }) => {
      if (Limit < 1 || Limit > page) {
        throw validationException(
          `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${page}`}`,
        );
      }
      const names = tables.all().map(({ name }) => name);
      const after = names.filter((name) => name > ExclusiveStartTableName).sort();
      const TableNames = after.slice(0, Limit);
      const last = TableNames.at(-1);
      return { TableNames, ...(after.length > Limit && last && { LastEvaluatedTableName: last }) };
    },
  }) satisfies Handlers<typeof dynamodb>;
