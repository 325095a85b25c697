import { CreateFunctionUrlConfigCommand, UpdateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::Url". `Ref` is the ARN of the function, or of the alias. */
export function lambdaUrl(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::Url',
    properties: {
      AuthType: 'in place',
      Cors: 'in place',
      InvokeMode: 'in place',
      Qualifier: 'replacement',
      TargetFunctionArn: 'replacement',
    },
    create: async (properties) => {
      const input = apiInput(CreateFunctionUrlConfigCommand, configOf(properties));
      const { FunctionArn = '', FunctionUrl } = await lambda.CreateFunctionUrlConfig(input, internalCall());
      return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } };
    },
    update: async (url, properties, previous) => {
      const next = withDefaults(previous, properties, { Cors: {}, InvokeMode: 'BUFFERED' });
      const input = apiInput(UpdateFunctionUrlConfigCommand, configOf(next));
      const { FunctionUrl } = await lambda.UpdateFunctionUrlConfig(input, internalCall());
      return { ...url, attributes: { ...url.attributes, FunctionUrl } };
    },
    delete: ({ physicalId: FunctionName }) =>
      unlessGone(() => lambda.DeleteFunctionUrlConfig({ FunctionName }, internalCall())),
  };
}

const configOf = (properties: Properties): Properties => ({
  ...pick(properties, ['AuthType', 'Cors', 'InvokeMode', 'Qualifier']),
  FunctionName: properties['TargetFunctionArn'],
});
