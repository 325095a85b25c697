import { GetRolePolicyCommand, type IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

interface Clients {
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
}

/** The actions on a table that the role of a function allows, as its policies write them: `dynamodb:Scan`, `dynamodb:*`. */
export async function actionsOn(
  { iam, lambda }: Clients,
  functionName: string,
  table: string,
): Promise<readonly string[]> {
  const { Role = '' } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const RoleName = Role.split('/').at(-1) ?? '';
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies = await Promise.all(
    PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  const statements = policies.flatMap(
    ({ PolicyDocument = '' }) =>
      (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: Statement[] }).Statement,
  );
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .filter(({ Resource }) => [Resource].flat().some((arn) => arn === '*' || arn.endsWith(`:table/${table}`)))
    .flatMap(({ Action }) => Action);
}

/** Whether a list of allowed actions lets in one that is asked for. */
export const letsIn = (allowed: readonly string[], action: string): boolean =>
  allowed.some((one) => one === action || one.endsWith('*'));
