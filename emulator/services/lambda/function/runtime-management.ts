import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { invalidParameter } from '../errors.ts';
import { parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';

/** When a version's runtime is updated ("Runtime version updates"). It is recorded: all run on the Node of the endpoint. */
export function runtimeManagementOperations(functions: Functions) {
  const find = (functionName: string | undefined, qualifier: string | undefined) => {
    const reference = parseFunctionName(functionName, qualifier);
    const owner = functions.get(reference);
    const { version } = owner.resolve(reference.qualifier);
    return { owner, version, FunctionArn: owner.qualifiedArn(version) };
  };
  return {
    PutRuntimeManagementConfig: ({ FunctionName, Qualifier, UpdateRuntimeOn, RuntimeVersionArn }) => {
      const { owner, version, FunctionArn } = find(FunctionName, Qualifier);
      if ((UpdateRuntimeOn === 'Manual') !== Boolean(RuntimeVersionArn)) {
        throw invalidParameter('RuntimeVersionArn is required for the mode Manual, and for no other.');
      }
      const config = { UpdateRuntimeOn, ...(RuntimeVersionArn && { RuntimeVersionArn }) };
      owner.runtimeManagement.set(version, config);
      return { FunctionArn, ...config };
    },
    GetRuntimeManagementConfig: ({ FunctionName, Qualifier }) => {
      const { owner, version, FunctionArn } = find(FunctionName, Qualifier);
      return { FunctionArn, ...(owner.runtimeManagement.get(version) ?? { UpdateRuntimeOn: 'Auto' as const }) };
    },
  } satisfies Handlers<typeof lambda>;
}
