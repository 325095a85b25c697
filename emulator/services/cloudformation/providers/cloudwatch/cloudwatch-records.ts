import { randomUUID } from 'node:crypto';
import { arn } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

/** Source: "AWS::CloudWatch::Alarm". */
export const cloudWatchAlarm = recordOnly(
  'AWS::CloudWatch::Alarm',
  propertiesOf(
    [
      ...[
        'ActionsEnabled',
        'AlarmActions',
        'AlarmDescription',
        'ComparisonOperator',
        'DatapointsToAlarm',
        'Dimensions',
      ],
      ...['EvaluateLowSampleCountPercentile', 'EvaluationPeriods', 'ExtendedStatistic', 'InsufficientDataActions'],
      ...['MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Tags', 'Threshold'],
      ...['ThresholdMetricId', 'TreatMissingData', 'Unit'],
    ],
    ['AlarmName'],
  ),
  ({ AlarmName }, { physicalName, region }) => {
    const name = textOf(AlarmName ?? physicalName(255), '#/AlarmName');
    return { physicalId: name, attributes: { Arn: arn(region, 'cloudwatch', `alarm:${name}`) } };
  },
  'this endpoint has no CloudWatch metrics, and the alarm never goes off.',
);

/** Source: "AWS::CloudWatch::CompositeAlarm". */
export const cloudWatchCompositeAlarm = recordOnly(
  'AWS::CloudWatch::CompositeAlarm',
  propertiesOf(
    [
      ...['ActionsEnabled', 'ActionsSuppressor', 'ActionsSuppressorExtensionPeriod', 'ActionsSuppressorWaitPeriod'],
      ...['AlarmActions', 'AlarmDescription', 'AlarmRule', 'InsufficientDataActions', 'OKActions', 'Tags'],
    ],
    ['AlarmName'],
  ),
  ({ AlarmName }, { physicalName, region }) => {
    const name = textOf(AlarmName ?? physicalName(255), '#/AlarmName');
    return { physicalId: name, attributes: { Arn: arn(region, 'cloudwatch', `alarm:${name}`) } };
  },
  'this endpoint has no CloudWatch metrics, and the alarm never goes off.',
);

/** Source: "AWS::CloudWatch::AnomalyDetector". */
export const cloudWatchAnomalyDetector = recordOnly(
  'AWS::CloudWatch::AnomalyDetector',
  propertiesOf(
    ['Configuration'],
    [
      ...['Dimensions', 'MetricCharacteristics', 'MetricMathAnomalyDetector', 'MetricName', 'Namespace'],
      ...['SingleMetricAnomalyDetector', 'Stat'],
    ],
  ),
  () => {
    const Id = randomUUID();
    return { physicalId: Id, attributes: { Id } };
  },
  'this endpoint has no CloudWatch metrics, and finds no anomalies.',
);

/** Source: "AWS::CloudWatch::Dashboard". */
export const cloudWatchDashboard = recordOnly(
  'AWS::CloudWatch::Dashboard',
  propertiesOf(['DashboardBody'], ['DashboardName']),
  ({ DashboardName }, { physicalName }) => ({
    physicalId: textOf(DashboardName ?? physicalName(255), '#/DashboardName'),
    attributes: {},
  }),
  'this endpoint has no CloudWatch metrics, and shows no dashboard.',
);
