import { randomUUID } from 'node:crypto';
import { arn } from '../../../wire/operation.ts';
import type { Properties, Resource, ResourceContext, ResourceProvider } from '../provider.ts';
import { textOf } from './api-input.ts';

/**
 * Types that are kept as a record and nothing else, because the template of `cdk bootstrap` names them and there is no
 * service behind them here.
 */

/** A type whose resources are only what `create` says of them; a change of its properties changes nothing. */
function recordOnly(
  type: string,
  properties: ResourceProvider['properties'],
  create: (properties: Properties, context: ResourceContext) => Resource,
): ResourceProvider {
  return {
    type,
    properties,
    create: async (given, context) => create(given, context),
    update: async (resource) => resource,
    delete: async () => {},
  };
}

/** Source: "AWS::ECR::Repository". **The repository holds no images**: nothing can be pushed to it or pulled from it. */
export const ecrRepository = recordOnly(
  'AWS::ECR::Repository',
  {
    EmptyOnDelete: 'in place',
    EncryptionConfiguration: 'replacement',
    ImageScanningConfiguration: 'in place',
    ImageTagMutability: 'in place',
    LifecyclePolicy: 'in place',
    RepositoryName: 'replacement',
    RepositoryPolicyText: 'in place',
    Tags: 'in place',
  },
  ({ RepositoryName }, { physicalName, region }) => {
    const name = textOf(RepositoryName ?? physicalName(256, { lowerCase: true }), '#/RepositoryName');
    return {
      physicalId: name,
      attributes: {
        Arn: arn(region, 'ecr', `repository/${name}`),
        RepositoryUri: `${region.accountId}.dkr.ecr.${region.name}.amazonaws.com/${name}`,
      },
    };
  },
);

/** Source: "AWS::KMS::Key". **There is no key material**: nothing is encrypted with it, and no API knows it. */
export const kmsKey = recordOnly(
  'AWS::KMS::Key',
  {
    Description: 'in place',
    Enabled: 'in place',
    EnableKeyRotation: 'in place',
    KeyPolicy: 'in place',
    KeySpec: 'in place',
    KeyUsage: 'in place',
    PendingWindowInDays: 'in place',
    RotationPeriodInDays: 'in place',
    Tags: 'in place',
  },
  (_properties, { region }) => {
    const KeyId = randomUUID();
    return { physicalId: KeyId, attributes: { Arn: arn(region, 'kms', `key/${KeyId}`), KeyId } };
  },
);

/** Source: "AWS::KMS::Alias": a name for a key that is a record itself. */
export const kmsAlias = recordOnly(
  'AWS::KMS::Alias',
  { AliasName: 'replacement', TargetKeyId: 'in place' },
  ({ AliasName }) => ({ physicalId: textOf(AliasName, '#/AliasName'), attributes: {} }),
);

/** Source: "AWS::CloudWatch::Alarm". **The alarm never goes off**: there are no metrics to watch, and no API knows it. */
export const cloudWatchAlarm: ResourceProvider = {
  ...recordOnly(
    'AWS::CloudWatch::Alarm',
    {
      ActionsEnabled: 'in place',
      AlarmActions: 'in place',
      AlarmDescription: 'in place',
      AlarmName: 'replacement',
      ComparisonOperator: 'in place',
      DatapointsToAlarm: 'in place',
      Dimensions: 'in place',
      EvaluateLowSampleCountPercentile: 'in place',
      EvaluationPeriods: 'in place',
      ExtendedStatistic: 'in place',
      InsufficientDataActions: 'in place',
      MetricName: 'in place',
      Metrics: 'in place',
      Namespace: 'in place',
      OKActions: 'in place',
      Period: 'in place',
      Statistic: 'in place',
      Tags: 'in place',
      Threshold: 'in place',
      ThresholdMetricId: 'in place',
      TreatMissingData: 'in place',
      Unit: 'in place',
    },
    ({ AlarmName }, { physicalName, region }) => {
      const name = textOf(AlarmName ?? physicalName(255), '#/AlarmName');
      return { physicalId: name, attributes: { Arn: arn(region, 'cloudwatch', `alarm:${name}`) } };
    },
  ),
  shortfall: 'Recorded only: this endpoint has no CloudWatch metrics, and the alarm never goes off.',
};

/** Source: "AWS::CloudWatch::Dashboard". **It is not shown**: there are no metrics. */
export const cloudWatchDashboard: ResourceProvider = {
  ...recordOnly(
    'AWS::CloudWatch::Dashboard',
    { DashboardBody: 'in place', DashboardName: 'replacement' },
    ({ DashboardName }, { physicalName }) => ({
      physicalId: textOf(DashboardName ?? physicalName(255), '#/DashboardName'),
      attributes: {},
    }),
  ),
  shortfall: 'Recorded only: this endpoint has no CloudWatch metrics, and shows no dashboard.',
};

/** Source: "AWS::Logs::MetricFilter". **It counts nothing**: there are no metrics. */
export const logsMetricFilter: ResourceProvider = {
  ...recordOnly(
    'AWS::Logs::MetricFilter',
    {
      ApplyOnTransformedLogs: 'in place',
      EmitSystemFieldDimensions: 'in place',
      FieldSelectionCriteria: 'in place',
      FilterName: 'replacement',
      FilterPattern: 'in place',
      LogGroupName: 'replacement',
      MetricTransformations: 'in place',
    },
    ({ FilterName }, { physicalName }) => ({
      physicalId: textOf(FilterName ?? physicalName(512), '#/FilterName'),
      attributes: {},
    }),
  ),
  shortfall: 'Recorded only: this endpoint has no CloudWatch metrics, and the filter counts nothing.',
};

/** What the CDK says of the constructs in a template; AWS too only keeps it. */
export const cdkMetadata = recordOnly('AWS::CDK::Metadata', { Analytics: 'in place' }, (_properties, context) => ({
  physicalId: context.physicalName(128),
  attributes: {},
}));
