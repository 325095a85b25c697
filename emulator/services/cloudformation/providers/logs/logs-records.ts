import { randomUUID } from 'node:crypto';
import { arn } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

/** Source: "AWS::Logs::MetricFilter". */
export const logsMetricFilter = recordOnly(
  'AWS::Logs::MetricFilter',
  propertiesOf(
    [
      ...['ApplyOnTransformedLogs', 'EmitSystemFieldDimensions', 'FieldSelectionCriteria', 'FilterPattern'],
      ...['MetricTransformations'],
    ],
    ['FilterName', 'LogGroupName'],
  ),
  ({ FilterName }, { physicalName }) => ({
    physicalId: textOf(FilterName ?? physicalName(512), '#/FilterName'),
    attributes: {},
  }),
  'this endpoint has no CloudWatch metrics, and the filter counts nothing.',
);

/** Source: "AWS::Logs::QueryDefinition". */
export const logsQueryDefinition = recordOnly(
  'AWS::Logs::QueryDefinition',
  propertiesOf(['LogGroupNames', 'Name', 'Parameters', 'QueryLanguage', 'QueryString']),
  () => {
    const QueryDefinitionId = randomUUID();
    return { physicalId: QueryDefinitionId, attributes: { QueryDefinitionId } };
  },
  'this endpoint has no Logs Insights, and nobody can run the query.',
);

/** Source: "AWS::Logs::LogAnomalyDetector". */
export const logsAnomalyDetector = recordOnly(
  'AWS::Logs::LogAnomalyDetector',
  propertiesOf([
    ...['AccountId', 'AnomalyVisibilityTime', 'DetectorName', 'EvaluationFrequency', 'FilterPattern', 'KmsKeyId'],
    ...['LogGroupArnList'],
  ]),
  (_properties, { region }) => {
    const AnomalyDetectorArn = arn(region, 'logs', `anomaly-detector:${randomUUID()}`);
    return { physicalId: AnomalyDetectorArn, attributes: { AnomalyDetectorArn } };
  },
  'this endpoint finds no anomalies in logs.',
);
