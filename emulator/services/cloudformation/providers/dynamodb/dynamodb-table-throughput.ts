import { isDeepStrictEqual } from 'node:util';
import type { ProvisionedThroughputDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import type { Properties } from '../../provider.ts';
import { numberOf } from '../api-input.ts';

/** What UpdateTable is to be told of a table's billing and capacity; undefined where they are as they should be. */
export function throughputChange(actual: TableDescription, properties: Properties): Properties | undefined {
  const { BillingMode: wantedMode = 'PROVISIONED', ProvisionedThroughput } = properties;
  const mode = actual.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const modeChange = mode === wantedMode ? {} : { BillingMode: wantedMode };
  // On demand there is no capacity to set.
  const change =
    wantedMode === 'PROVISIONED'
      ? { ...modeChange, ...tableChange(actual, ProvisionedThroughput), ...indexChanges(actual, properties) }
      : modeChange;
  return Object.keys(change).length > 0 ? change : undefined;
}

function tableChange({ ProvisionedThroughput: actual }: TableDescription, wanted: unknown): Properties {
  return wanted === undefined || isSame(actual, wanted) ? {} : { ProvisionedThroughput: wanted };
}

/** Of the indexes that are there and stay; a new one brings its capacity with it. */
function indexChanges(actual: TableDescription, { GlobalSecondaryIndexes = [] }: Properties): Properties {
  const updates = (GlobalSecondaryIndexes as Properties[]).flatMap(({ IndexName, ProvisionedThroughput }) => {
    const present = actual.GlobalSecondaryIndexes?.find((index) => index.IndexName === IndexName);
    if (!present || ProvisionedThroughput === undefined) {
      return [];
    }
    if (isSame(present.ProvisionedThroughput, ProvisionedThroughput)) {
      return [];
    }
    return [{ Update: { IndexName, ProvisionedThroughput } }];
  });
  return updates.length > 0 ? { GlobalSecondaryIndexUpdates: updates } : {};
}

function isSame(actual: ProvisionedThroughputDescription | undefined, wanted: unknown): boolean {
  const { ReadCapacityUnits, WriteCapacityUnits } = wanted as Properties;
  const units = [ReadCapacityUnits, WriteCapacityUnits].map((value) => numberOf(value, '#/ProvisionedThroughput'));
  return isDeepStrictEqual(units, [actual?.ReadCapacityUnits, actual?.WriteCapacityUnits]);
}
