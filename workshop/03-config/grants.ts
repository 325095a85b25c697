import { GetRolePolicyCommand, type IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { bakingEnv } from '../../functions/baking/contract.ts';

/** A statement of a policy, as far as a grant of CDK makes use of one. */
interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** A policy, parsed. */
export interface Policy {
  readonly Statement: Statement | readonly Statement[];
}

export interface GrantsOptions {
  readonly functionName: string;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
}

/**
 * The variables of a function that name a parameter or a secret which its role may not read. The role's policies tell, as
 * CDK's grants write them, and not a call that is refused: not every endpoint refuses one.
 */
export async function namedAndNotGranted({ functionName, lambda, iam }: GrantsOptions): Promise<string[]> {
  const { Role = '', Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const policies = await policiesOf(Role.split('/').at(-1) ?? '', iam);
  const { ovenTimeParameter, supplierKeySecret } = bakingEnv;
  const { [ovenTimeParameter]: parameter, [supplierKeySecret]: secret } = Environment?.Variables ?? {};
  const refused: string[] = [];
  if (parameter && !mayRead(policies, 'ssm:GetParameter', `parameter/${parameter.replace(/^\//, '')}`)) {
    refused.push(ovenTimeParameter);
  }
  if (secret && !mayRead(policies, 'secretsmanager:GetSecretValue', secret)) {
    refused.push(supplierKeySecret);
  }
  return refused;
}

/** Whether policies allow an action on what has an ARN that ends like this. Nothing here denies anything. */
export function mayRead(policies: readonly Policy[], action: string, arnEnd: string): boolean {
  const statements = policies.flatMap(({ Statement }) => Statement);
  return statements.some(
    ({ Effect, Action = [], Resource = [] }) =>
      Effect === 'Allow' &&
      [Action].flat().some((pattern) => patternOf(pattern, '^').test(action)) &&
      [Resource].flat().some((pattern) => pattern === '*' || isOf(pattern, arnEnd)),
  );
}

const isOf = (pattern: string, arnEnd: string): boolean =>
  pattern.endsWith(arnEnd) || patternOf(pattern, '^').test(arnEnd) || patternOf(afterAccount(pattern), '').test(arnEnd);

/** What is behind region and account: `arn:partition:service:region:account:resource` ("Amazon Resource Names"). */
const afterAccount = (arn: string): string => arn.split(':').slice(5).join(':');

/** A pattern of IAM, in which `*` is any text and `?` any character ("IAM JSON policy elements: Resource"). */
function patternOf(pattern: string, start: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${start}${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

async function policiesOf(RoleName: string, iam: IAMClient): Promise<Policy[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  return await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return JSON.parse(decodeURIComponent(PolicyDocument)) as Policy;
    }),
  );
}
