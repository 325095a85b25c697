import type * as lambda from '@aws-sdk/client-lambda';
import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { conflict, invalidParameter, invalidValue, notFound } from '../errors.ts';
import { checkRevision, type LambdaFunction, newRevisionId } from './function.ts';
import { parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';
import type { PolicyStatement, ResourcePolicy } from './resource-policy.ts';

const empty: ResourcePolicy = { statements: new Map(), revisionId: '' };

/** Resource-based policies: kept and shown, and asked by function URLs. */
export function permissionOperations(functions: Functions) {
  const find = (functionName: string | undefined, qualifier: string | undefined) => {
    const reference = parseFunctionName(functionName, qualifier);
    const owner = functions.get(reference);
    owner.resolve(reference.qualifier);
    const key = reference.qualifier ?? '';
    return { owner, key, policy: owner.policies.get(key) ?? empty };
  };
  const replace = (owner: LambdaFunction, key: string, statements: ReadonlyMap<string, PolicyStatement>) => {
    if (statements.size === 0) {
      owner.policies.delete(key);
    } else {
      owner.policies.set(key, { statements, revisionId: newRevisionId() });
    }
  };
  return {
    AddPermission: (input) => {
      const { owner, key, policy } = find(input.FunctionName, input.Qualifier);
      const statement = statementOf(input, owner.qualifiedArn(key || undefined));
      if (input.RevisionId) {
        checkRevision(input.RevisionId, policy.revisionId);
      }
      if (policy.statements.has(statement.Sid)) {
        throw conflict(
          `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      replace(owner, key, new Map([...policy.statements, [statement.Sid, statement]]));
      return { Statement: JSON.stringify(statement) };
    },
    RemovePermission: ({ FunctionName, Qualifier, StatementId = '', RevisionId }) => {
      const { owner, key, policy } = find(FunctionName, Qualifier);
      if (!policy.statements.has(StatementId)) {
        throw notFound(`Statement ${StatementId} is not found in resource policy.`);
      }
      checkRevision(RevisionId, policy.revisionId);
      replace(owner, key, new Map([...policy.statements].filter(([sid]) => sid !== StatementId)));
      return {};
    },
    GetPolicy: ({ FunctionName, Qualifier }) => {
      const { policy } = find(FunctionName, Qualifier);
      if (policy.statements.size === 0) {
        throw notFound('The resource you requested does not exist.');
      }
      const document = { Version: '2012-10-17', Id: 'default', Statement: [...policy.statements.values()] };
      return { Policy: JSON.stringify(document), RevisionId: policy.revisionId };
    },
  } satisfies Handlers<typeof lambda>;
}

function statementOf(
  input: { readonly [K in keyof AddPermissionRequest]: AddPermissionRequest[K] },
  resource: string,
): PolicyStatement {
  const { StatementId = '', Action = '', Principal = '' } = input;
  if (!/^[\w-]{1,100}$/.test(StatementId)) {
    throw invalidValue('statementId', StatementId, 'Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)');
  }
  if (!/^(lambda:\*|lambda:[A-Za-z]+|\*)$/.test(Action)) {
    throw invalidValue(
      'action',
      Action,
      'Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])',
    );
  }
  if (input.FunctionUrlAuthType && Action !== 'lambda:InvokeFunctionUrl') {
    throw invalidParameter('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  }
  const condition = conditionOf(input);
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: principalOf(Principal),
    Action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') {
    return '*';
  }
  if (/\.amazonaws\.com$|\.amazon\.com$/.test(principal)) {
    return { Service: principal };
  }
  if (/^\d{12}$/.test(principal)) {
    return { AWS: `arn:aws:iam::${principal}:root` };
  }
  if (principal.startsWith('arn:')) {
    return { AWS: principal };
  }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
}

function conditionOf(input: { readonly [K in keyof AddPermissionRequest]: AddPermissionRequest[K] }) {
  const equals = {
    ...(input.SourceAccount && { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.PrincipalOrgID && { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.EventSourceToken && { 'lambda:EventSourceToken': input.EventSourceToken }),
    ...(input.FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
  };
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(input.SourceArn && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.InvokedViaFunctionUrl && { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
  };
}
