import {
  CreateTableCommand,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { arn, internalCall } from '../../../../wire/operation.ts';
import { customNamed } from '../../errors.ts';
import type { Properties, Resource, ResourceContext, ResourceProvider } from '../../provider.ts';
import { apiInput, booleanOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { ifPresent, unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';
import { indexChange, redefinesAttribute } from './dynamodb-table-indexes.ts';
import { throughputChange } from './dynamodb-table-throughput.ts';

/** What UpdateTable changes beside capacity and indexes, with what a table has where a template no longer says. */
const settingDefaults = {
  DeletionProtectionEnabled: false,
  OnDemandThroughput: { MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 },
  SSESpecification: { SSEEnabled: false },
  TableClass: 'STANDARD',
};
const settingNames = Object.keys(settingDefaults);
/** Why that a table is watched is a record. */
export const insights = 'nobody counts what is asked for most';
const definition = ['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'ProvisionedThroughput'];

/**
 * Source: CloudFormation User Guide, "AWS::DynamoDB::Table". `Ref` is the table's name. Making or deleting an index
 * keeps the items; another type of a key attribute makes another table. A table is ACTIVE, or gone, when the service of
 * this endpoint has answered, so there is nothing to wait for.
 */
export function dynamodbTable(dynamodb: ServiceOperations['dynamodb']): ResourceProvider {
  const remove = (TableName: string) => unlessGone(() => dynamodb.DeleteTable({ TableName }, internalCall()));

  return {
    type: 'AWS::DynamoDB::Table',
    nameProperty: 'TableName',
    properties: {
      AttributeDefinitions: 'in place',
      BillingMode: 'in place',
      ContributorInsightsSpecification: 'in place',
      DeletionProtectionEnabled: 'in place',
      GlobalSecondaryIndexes: 'in place',
      KeySchema: 'replacement',
      LocalSecondaryIndexes: 'replacement',
      OnDemandThroughput: 'in place',
      PointInTimeRecoverySpecification: 'in place',
      ProvisionedThroughput: 'in place',
      SSESpecification: 'in place',
      StreamSpecification: 'in place',
      TableClass: 'in place',
      TableName: 'replacement',
      Tags: 'in place',
      TimeToLiveSpecification: 'in place',
    },
    recorded: { ContributorInsightsSpecification: insights },
    create,
    update: async (table, properties, previous, context) => {
      const TableName = table.physicalId;
      if (redefinesAttribute(await described(TableName), properties)) {
        if (properties['TableName'] === TableName) {
          throw customNamed(TableName);
        }
        return create(properties, context);
      }
      if (isChanged(previous, properties, settingNames)) {
        await updateTable(TableName, settingsOf(withDefaults(previous, properties, settingDefaults)));
      }
      // Held against the table itself, not against what its properties were: an update may have stopped half way.
      await updateTable(TableName, throughputChange(await described(TableName), properties));
      await updateTable(TableName, indexChange(await described(TableName), properties));
      await changeStream(TableName, previous, properties);
      await changeTimeToLive(TableName, previous, properties);
      await changeBackups(TableName, previous, properties);
      const ResourceArn = String(table.attributes['Arn']);
      await changeTags(previous, properties, {
        set: (tags) => dynamodb.TagResource({ ResourceArn, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => dynamodb.UntagResource({ ResourceArn, TagKeys }, internalCall()),
      });
      return { ...table, attributes: { ...table.attributes, ...streamOf(await described(TableName)) } };
    },
    delete: ({ physicalId }) => remove(physicalId),
    read: ({ physicalId }) =>
      ifPresent(async () => {
        const table = await described(physicalId);
        return {
          BillingMode: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
          DeletionProtectionEnabled: table.DeletionProtectionEnabled ?? false,
          KeySchema: table.KeySchema,
          TableClass: table.TableClassSummary?.TableClass ?? 'STANDARD',
        };
      }),
    identifier: 'TableName',
    find: (TableName, { region }) =>
      ifPresent(async () => {
        const table = await described(TableName);
        return {
          physicalId: TableName,
          attributes: { Arn: arn(region, 'dynamodb', `table/${TableName}`), ...streamOf(table) },
        };
      }),
  };

  async function create(properties: Properties, { physicalName, region }: ResourceContext): Promise<Resource> {
    const input = apiInput(CreateTableCommand, {
      BillingMode: 'PROVISIONED',
      ...pick(properties, [...definition, 'KeySchema', 'LocalSecondaryIndexes']),
      ...settingsOf(properties),
      ...streamSpecification(properties),
      TableName: properties['TableName'] ?? physicalName(255),
      Tags: tagList(properties['Tags']),
    });
    const { TableName = '' } = input;
    const { TableDescription = {} } = await dynamodb.CreateTable(input, internalCall());
    await complete(
      async () => {
        await changeTimeToLive(TableName, {}, properties);
        await changeBackups(TableName, {}, properties);
      },
      () => remove(TableName),
    );
    const Arn = arn(region, 'dynamodb', `table/${TableName}`);
    return { physicalId: TableName, attributes: { Arn, ...streamOf(TableDescription) } };
  }

  async function described(TableName: string): Promise<TableDescription> {
    const { Table = {} } = await dynamodb.DescribeTable({ TableName }, internalCall());
    return Table;
  }

  async function updateTable(TableName: string, change: Properties | undefined): Promise<void> {
    if (!change) {
      return;
    }
    await dynamodb.UpdateTable(apiInput(UpdateTableCommand, { ...change, TableName }), internalCall());
  }

  async function changeTimeToLive(TableName: string, previous: Properties, properties: Properties): Promise<void> {
    const [before, after] = [timeToLiveOf(previous), timeToLiveOf(properties)];
    // DynamoDB refuses to switch off what is off already.
    if (!isChanged(before, after, ['AttributeName', 'Enabled']) || !(before['Enabled'] || after['Enabled'])) {
      return;
    }
    const TimeToLiveSpecification = { AttributeName: before['AttributeName'], ...after };
    const input = apiInput(UpdateTimeToLiveCommand, { TableName, TimeToLiveSpecification });
    await dynamodb.UpdateTimeToLive(input, internalCall());
  }

  /** A stream keeps its view for life: another one ends it, and begins a new one. */
  async function changeStream(TableName: string, previous: Properties, properties: Properties): Promise<void> {
    const [before, after] = [streamSpecification(previous), streamSpecification(properties)];
    if (!isChanged(before, after, ['StreamSpecification'])) {
      return;
    }
    if ((await described(TableName)).LatestStreamArn !== undefined) {
      await updateTable(TableName, { StreamSpecification: { StreamEnabled: false } });
    }
    if (after['StreamSpecification'] !== undefined) {
      await updateTable(TableName, after);
    }
  }

  async function changeBackups(TableName: string, previous: Properties, properties: Properties): Promise<void> {
    if (!isChanged(previous, properties, ['PointInTimeRecoverySpecification'])) {
      return;
    }
    const { PointInTimeRecoverySpecification } = withDefaults(previous, properties, {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    });
    const input = apiInput(UpdateContinuousBackupsCommand, { TableName, PointInTimeRecoverySpecification });
    await dynamodb.UpdateContinuousBackups(input, internalCall());
  }
}

const streamOf = ({ LatestStreamArn }: TableDescription) =>
  LatestStreamArn === undefined ? {} : { StreamArn: LatestStreamArn };

/** A template's stream is one that is switched on. */
function streamSpecification({ StreamSpecification }: Properties): Properties {
  if (StreamSpecification === undefined) {
    return {};
  }
  return { StreamSpecification: { ...(StreamSpecification as Properties), StreamEnabled: true } };
}

/** The template spells one setting otherwise than the API does. */
function settingsOf(properties: Properties): Properties {
  const { SSESpecification, ...settings } = pick(properties, settingNames);
  if (SSESpecification === undefined) {
    return settings;
  }
  const { SSEEnabled: Enabled, ...encryption } = SSESpecification as Properties;
  return { ...settings, SSESpecification: { ...encryption, Enabled } };
}

function timeToLiveOf({ TimeToLiveSpecification = {} }: Properties): Properties {
  const { Enabled = false, ...specification } = TimeToLiveSpecification as Properties;
  return { ...specification, Enabled: booleanOf(Enabled, '#/TimeToLiveSpecification/Enabled') };
}
