import { randomUUID } from 'node:crypto';
import { arn } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

const shortfall = 'this endpoint scales nothing by a policy.';

/** Source: "AWS::ApplicationAutoScaling::ScalableTarget". `Ref` is resource, dimension and namespace, with bars between. */
export const scalableTarget = recordOnly(
  'AWS::ApplicationAutoScaling::ScalableTarget',
  propertiesOf(
    ['MaxCapacity', 'MinCapacity', 'RoleARN', 'ScheduledActions', 'SuspendedState'],
    ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
  ),
  ({ ResourceId, ScalableDimension, ServiceNamespace }) => {
    const Id = [
      textOf(ResourceId, '#/ResourceId'),
      textOf(ScalableDimension, '#/ScalableDimension'),
      textOf(ServiceNamespace, '#/ServiceNamespace'),
    ].join('|');
    return { physicalId: Id, attributes: { Id } };
  },
  shortfall,
);

/** Source: "AWS::ApplicationAutoScaling::ScalingPolicy". `Ref` is its ARN. */
export const scalingPolicy = recordOnly(
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  propertiesOf(
    [
      ...['PolicyType', 'PredictiveScalingPolicyConfiguration', 'StepScalingPolicyConfiguration'],
      ...['TargetTrackingScalingPolicyConfiguration'],
    ],
    ['PolicyName', 'ResourceId', 'ScalableDimension', 'ScalingTargetId', 'ServiceNamespace'],
  ),
  ({ PolicyName }, { region }) => {
    const Arn = arn(
      region,
      'autoscaling',
      `scalingPolicy:${randomUUID()}:policyName/${textOf(PolicyName, '#/PolicyName')}`,
    );
    return { physicalId: Arn, attributes: { Arn } };
  },
  shortfall,
);
