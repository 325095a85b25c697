import { matchesWildcard } from '../../../wire/wildcard.ts';

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

/**
 * Whether the policy that an authorizer returned lets somebody invoke a method; `undefined` where it says nothing of it. Source: API
 * Gateway Developer Guide, "Output from an API Gateway Lambda authorizer".
 */
export function allows(policyDocument: unknown, methodArn: string): boolean | undefined {
  const { Statement: statements } = Object(policyDocument) as { Statement?: unknown };
  const about = [statements ?? []]
    .flat()
    .map((statement) => Object(statement) as Statement)
    .filter(({ Action }) => textsOf(Action).some((action) => matchesWildcard('execute-api:Invoke', action)))
    .filter(({ Resource }) => textsOf(Resource).some((resource) => matchesWildcard(methodArn, resource)));
  if (about.some(({ Effect }) => Effect === 'Deny')) {
    return false;
  }
  return about.some(({ Effect }) => Effect === 'Allow') ? true : undefined;
}

const textsOf = (value: unknown): string[] => [value ?? []].flat().map(String);
