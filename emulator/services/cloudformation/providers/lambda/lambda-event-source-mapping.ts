import { CreateEventSourceMappingCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';

/** What a mapping has where a template no longer says otherwise. */
const defaults = {
  Enabled: true,
  FilterCriteria: {},
  FunctionResponseTypes: [],
  MaximumBatchingWindowInSeconds: 0,
  MetricsConfig: {},
  ProvisionedPollerConfig: {},
  ScalingConfig: {},
};
const ofQueue = { ...defaults, BatchSize: 10 };
const ofStream = {
  ...defaults,
  BatchSize: 100,
  BisectBatchOnFunctionError: false,
  DestinationConfig: {},
  MaximumRecordAgeInSeconds: -1,
  MaximumRetryAttempts: -1,
  ParallelizationFactor: 1,
};

/** Source: CloudFormation User Guide, "AWS::Lambda::EventSourceMapping", as far as it concerns SQS and DynamoDB streams. `Ref` is the UUID. */
export function lambdaEventSourceMapping(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      BatchSize: 'in place',
      BisectBatchOnFunctionError: 'in place',
      DestinationConfig: 'in place',
      Enabled: 'in place',
      EventSourceArn: 'replacement',
      FilterCriteria: 'in place',
      FunctionName: 'in place',
      FunctionResponseTypes: 'in place',
      MaximumBatchingWindowInSeconds: 'in place',
      MaximumRecordAgeInSeconds: 'in place',
      MaximumRetryAttempts: 'in place',
      MetricsConfig: 'in place',
      ParallelizationFactor: 'in place',
      ProvisionedPollerConfig: 'in place',
      ScalingConfig: 'in place',
      StartingPosition: 'replacement',
      Tags: 'in place',
    },
    recorded: {
      MetricsConfig: 'this endpoint has no CloudWatch metrics',
      ProvisionedPollerConfig: 'there are as many pollers as a source needs',
    },
    create: async (properties) => {
      const input = apiInput(CreateEventSourceMappingCommand, { ...properties, Tags: tagMap(properties['Tags']) });
      const { UUID = '', EventSourceMappingArn } = await lambda.CreateEventSourceMapping(input, internalCall());
      return { physicalId: UUID, attributes: { Id: UUID, EventSourceMappingArn } };
    },
    update: async (mapping, properties, previous) => {
      const {
        EventSourceArn: _source,
        StartingPosition: _position,
        Tags: _tags,
        ...settings
      } = withDefaults(
        previous,
        properties,
        /:dynamodb:/.test(String(properties['EventSourceArn'])) ? ofStream : ofQueue,
      );
      const input = apiInput(UpdateEventSourceMappingCommand, { ...settings, UUID: mapping.physicalId });
      await lambda.UpdateEventSourceMapping(input, internalCall());
      const Resource = String(mapping.attributes['EventSourceMappingArn']);
      await changeTags(previous, properties, {
        set: (Tags) => lambda.TagResource({ Resource, Tags }, internalCall()),
        remove: (TagKeys) => lambda.UntagResource({ Resource, TagKeys }, internalCall()),
      });
      return mapping;
    },
    delete: ({ physicalId: UUID }) => unlessGone(() => lambda.DeleteEventSourceMapping({ UUID }, internalCall())),
  };
}
