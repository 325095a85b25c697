import { PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::EventInvokeConfig": how a function is retried when it is invoked asynchronously. */
export function lambdaEventInvokeConfig(lambda: ServiceOperations['lambda']): ResourceProvider {
  const put = async (properties: Properties): Promise<Resource> => {
    await lambda.PutFunctionEventInvokeConfig(
      apiInput(PutFunctionEventInvokeConfigCommand, properties),
      internalCall(),
    );
    const { FunctionName, Qualifier } = ownerOf(properties);
    return { physicalId: `${FunctionName}|${Qualifier}`, attributes: {} };
  };
  return {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      DestinationConfig: 'in place',
      FunctionName: 'replacement',
      MaximumEventAgeInSeconds: 'in place',
      MaximumRetryAttempts: 'in place',
      Qualifier: 'replacement',
    },
    create: put,
    update: (_config, properties) => put(properties),
    delete: (_config, properties) =>
      unlessGone(() => lambda.DeleteFunctionEventInvokeConfig(ownerOf(properties), internalCall())),
  };
}

const ownerOf = ({ FunctionName, Qualifier }: Properties) => ({
  FunctionName: textOf(FunctionName, '#/FunctionName'),
  Qualifier: textOf(Qualifier, '#/Qualifier'),
});
