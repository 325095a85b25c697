import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::Permission": a statement of a function's policy, by its id. */
export function lambdaPermission(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::Permission',
    properties: {
      Action: 'replacement',
      EventSourceToken: 'replacement',
      FunctionName: 'replacement',
      FunctionUrlAuthType: 'replacement',
      InvokedViaFunctionUrl: 'replacement',
      Principal: 'replacement',
      PrincipalOrgID: 'replacement',
      SourceAccount: 'replacement',
      SourceArn: 'replacement',
    },
    create: async (properties, { physicalName }) => {
      const StatementId = physicalName(100);
      await lambda.AddPermission(apiInput(AddPermissionCommand, { ...properties, StatementId }), internalCall());
      return { physicalId: StatementId, attributes: { Id: StatementId } };
    },
    delete: ({ physicalId: StatementId }, properties) => {
      const FunctionName = textOf(properties['FunctionName'], '#/FunctionName');
      return unlessGone(() => lambda.RemovePermission({ FunctionName, StatementId }, internalCall()));
    },
  };
}
