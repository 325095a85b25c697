import type {
  BillingMode,
  GlobalSecondaryIndexDescription,
  LocalSecondaryIndexDescription,
  ProvisionedThroughput,
  ProvisionedThroughputDescription,
  SSEDescription,
  TableDescription,
  TableStatus,
} from '@aws-sdk/client-dynamodb';
import type { IndexSchema } from '../item/item.ts';
import { sizeOfAll } from './secondary-index.ts';
import type { Table } from './table.ts';

/** A table as DescribeTable tells it. Counts and sizes are of this moment; AWS updates them about every six hours. */
export function describeTable(table: Table, TableStatus: TableStatus = 'ACTIVE'): TableDescription {
  const { schema, settings } = table;
  const { BillingMode = 'PROVISIONED', ProvisionedThroughput, SSESpecification, TableClass } = settings;
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus,
    CreationDateTime: table.created,
    AttributeDefinitions: [...schema.AttributeDefinitions],
    KeySchema: [...schema.KeySchema],
    ItemCount: table.items.size,
    TableSizeBytes: sizeOfAll(table.items.values()),
    ...billing(BillingMode, table),
    ProvisionedThroughput: throughput(ProvisionedThroughput),
    ...(settings.OnDemandThroughput && { OnDemandThroughput: settings.OnDemandThroughput }),
    ...(TableClass && { TableClassSummary: { TableClass } }),
    ...(SSESpecification?.Enabled && { SSEDescription: encryption(SSESpecification, table) }),
    DeletionProtectionEnabled: settings.DeletionProtectionEnabled ?? false,
    ...(table.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.viewType },
      LatestStreamArn: table.stream.arn,
      LatestStreamLabel: table.stream.label,
    }),
    ...(schema.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: schema.GlobalSecondaryIndexes.map((index) => globalIndex(index, table)),
    }),
    ...(schema.LocalSecondaryIndexes && {
      LocalSecondaryIndexes: schema.LocalSecondaryIndexes.map((index) => indexDescription(index, table)),
    }),
  };
}

/** Absent of a table that was always provisioned, as on AWS. */
function billing(mode: BillingMode, { onDemandSince }: Table): TableDescription {
  if (mode === 'PROVISIONED' && !onDemandSince) {
    return {};
  }
  return {
    BillingModeSummary: {
      BillingMode: mode,
      ...(onDemandSince && { LastUpdateToPayPerRequestDateTime: onDemandSince }),
    },
  };
}

function throughput(provisioned: ProvisionedThroughput | undefined): ProvisionedThroughputDescription {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = provisioned ?? {};
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits, WriteCapacityUnits };
}

function encryption({ KMSMasterKeyId }: { KMSMasterKeyId?: string | undefined }, { arn }: Table): SSEDescription {
  const [, , , region, account] = arn.split(':');
  const KMSMasterKeyArn = KMSMasterKeyId ?? `arn:aws:kms:${region}:${account}:alias/aws/dynamodb`;
  return { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn };
}

function globalIndex(index: IndexSchema, table: Table): GlobalSecondaryIndexDescription {
  return {
    ...indexDescription(index, table),
    IndexStatus: 'ACTIVE',
    ProvisionedThroughput: throughput(table.indexThroughput.get(index.IndexName)),
  };
}

function indexDescription(
  { IndexName, KeySchema, Projection }: IndexSchema,
  table: Table,
): LocalSecondaryIndexDescription {
  const index = table.index(IndexName);
  return {
    IndexName,
    IndexArn: `${table.arn}/index/${IndexName}`,
    KeySchema: [...KeySchema],
    Projection,
    ItemCount: index?.itemCount ?? 0,
    IndexSizeBytes: index?.sizeBytes ?? 0,
  };
}
