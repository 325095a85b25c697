import { validationError } from '../../errors.ts';
import type { Properties, ResourceContext, ResourceProvider } from '../../provider.ts';
import { pick } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { dynamodbTable, insights } from './dynamodb-table.ts';

/** What the one replica says, where a table says it itself. */
const ofReplica = ['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'TableClass', 'Tags'];
/** What is recorded of an index of a replica. */
const ofReplicaIndex = ['IndexName', 'ContributorInsightsSpecification'];
const ofTable = [
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'SSESpecification',
  'StreamSpecification',
  'TableName',
  'TimeToLiveSpecification',
];

/**
 * Source: CloudFormation User Guide, "AWS::DynamoDB::GlobalTable", which CDK's `TableV2` makes: a table on demand, with one replica,
 * in the region of its stack. Other replicas and provisioned capacity are refused by name. `Ref` is the table's name.
 */
export function dynamodbGlobalTable(dynamodb: ServiceOperations['dynamodb']): ResourceProvider {
  const table = dynamodbTable(dynamodb);
  return {
    type: 'AWS::DynamoDB::GlobalTable',
    nameProperty: 'TableName',
    properties: {
      ...(pick(table.properties, ofTable) as ResourceProvider['properties']),
      BillingMode: 'in place',
      Replicas: 'in place',
    },
    refusals,
    shortfallOf: ({ Replicas }) =>
      JSON.stringify(Replicas).includes('ContributorInsightsSpecification')
        ? `Recorded only: ContributorInsightsSpecification (${insights}).`
        : undefined,
    create: (properties, context) => table.create(tableOf(properties, context), context),
    update: async (resource, properties, previous, context) => {
      if (!table.update) {
        return resource;
      }
      return table.update(resource, tableOf(properties, context), tableOf(previous, context), context);
    },
    delete: (resource, properties, context) => table.delete(resource, properties, context),
  };
}

function refusals({ BillingMode, Replicas }: Properties): string[] {
  const replicas = Array.isArray(Replicas) ? (Replicas as unknown[]) : [];
  const unserved = replicas.flatMap((replica) => unservedIn(Object(replica) as Properties));
  return [
    ...(BillingMode === undefined || BillingMode === 'PROVISIONED'
      ? ['#/BillingMode: PROVISIONED is not served by this endpoint for a global table: PAY_PER_REQUEST is']
      : []),
    ...(replicas.length > 1 ? ['#/Replicas: more than one replica is not served by this endpoint'] : []),
    ...[...new Set(unserved)].map((name) => `#/Replicas: [${name}] is not served by this endpoint`),
  ];
}

/** The indexes of a replica are those of the table, unless it sets something of its own for them. */
function unservedIn(replica: Properties): string[] {
  const { GlobalSecondaryIndexes = [] } = replica;
  const hasOwnIndexes = [GlobalSecondaryIndexes]
    .flat()
    .some((index) => Object.keys(Object(index)).some((name) => !ofReplicaIndex.includes(name)));
  const served = [
    'ContributorInsightsSpecification',
    'Region',
    ...ofReplica,
    ...(hasOwnIndexes ? [] : ['GlobalSecondaryIndexes']),
  ];
  return Object.keys(replica).filter((name) => !served.includes(name) && !name.startsWith('Fn::'));
}

/** The table that a global table is in its one region. */
function tableOf(properties: Properties, { region }: Pick<ResourceContext, 'region'>): Properties {
  // What was an intrinsic function when the template was checked is known now.
  const [refused] = refusals(properties);
  if (refused !== undefined) {
    throw validationError(refused);
  }
  const [replica = {}] = (properties['Replicas'] ?? []) as Properties[];
  if (replica['Region'] !== region.name) {
    throw validationError(`#/Replicas: there must be a replica in the region of the stack, ${region.name}`);
  }
  return { ...pick(properties, ofTable), ...pick(replica, ofReplica), BillingMode: 'PAY_PER_REQUEST' };
}
