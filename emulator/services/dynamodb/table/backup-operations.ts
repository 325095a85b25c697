import type { ContinuousBackupsDescription } from '@aws-sdk/client-dynamodb';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import type { Handlers } from '../../../wire/operation.ts';
import { validationException } from '../errors.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

/** Point-in-time recovery goes back 35 days at the most, and by default. */
const maxDays = 35;

/** Continuous backups: the setting is kept; nothing is backed up, and nothing can be restored. */
export const backupOperations = (tables: Tables) =>
  ({
    DescribeContinuousBackups: ({ TableName }) => ({
      ContinuousBackupsDescription: describe(backedUpTable(tables, TableName)),
    }),
    UpdateContinuousBackups: ({ TableName, PointInTimeRecoverySpecification }) => {
      const table = backedUpTable(tables, TableName);
      const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays: days = maxDays } =
        PointInTimeRecoverySpecification ?? {};
      if (days < 1 || days > maxDays) {
        throw validationException(`Invalid Request: RecoveryPeriodInDays should be between 1 and ${maxDays}`);
      }
      table.recovery = PointInTimeRecoveryEnabled ? { since: table.recovery?.since ?? new Date(), days } : undefined;
      return { ContinuousBackupsDescription: describe(table) };
    },
  }) satisfies Handlers<typeof dynamodb>;

function describe({ recovery }: Table): ContinuousBackupsDescription {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: recovery
      ? {
          PointInTimeRecoveryStatus: 'ENABLED',
          RecoveryPeriodInDays: recovery.days,
          EarliestRestorableDateTime: recovery.since,
          LatestRestorableDateTime: new Date(),
        }
      : { PointInTimeRecoveryStatus: 'DISABLED' },
  };
}

function backedUpTable(tables: Tables, name = ''): Table {
  const table = tables.find(name);
  if (table) {
    return table;
  }
  throw new dynamodb.TableNotFoundException({ message: `Table not found: ${name}`, $metadata: {} });
}
