import { isBoundedJson } from '../../wire/protocols/json-bounds.ts';
import { malformedPolicy } from './errors.ts';

/** A policy as its author wrote it. Source: IAM User Guide, "IAM JSON policy elements reference". */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const versions = ['2012-10-17', '2008-10-17'];

/** Reads what an identity may do: a policy in a role, or a managed one. @throws MalformedPolicyDocument */
export function parseIdentityPolicy(text: string | undefined): PolicyDocument {
  return parse(text, (statement) => {
    if ('Principal' in statement || 'NotPrincipal' in statement) {
      throw malformedPolicy('Policy document should not specify a principal.');
    }
    if (!isNamed(statement['Resource'] ?? statement['NotResource'])) {
      throw malformedPolicy('Policy statement must contain resources.');
    }
  });
}

/** Reads who may assume a role. @throws MalformedPolicyDocument */
export function parseTrustPolicy(text: string | undefined): PolicyDocument {
  return parse(text, (statement) => {
    if ('Resource' in statement || 'NotResource' in statement) {
      throw malformedPolicy('Has prohibited field Resource');
    }
    if (!('Principal' in statement || 'NotPrincipal' in statement)) {
      throw malformedPolicy('Missing required field Principal');
    }
  });
}

function parse(text: string | undefined, check: (statement: Record<string, unknown>) => void): PolicyDocument {
  const document = objectOf(text);
  const { Version: version, Statement: given } = document;
  if (version !== undefined && !(typeof version === 'string' && versions.includes(version))) {
    throw malformedPolicy('The policy must contain a valid version string');
  }
  const statements: unknown[] = Array.isArray(given) ? given : [given];
  for (const statement of statements) {
    if (typeof statement !== 'object' || statement === null) {
      throw malformedPolicy('Syntax errors in policy.');
    }
    const members = statement as Record<string, unknown>;
    if (members['Effect'] !== 'Allow' && members['Effect'] !== 'Deny') {
      throw malformedPolicy(
        members['Effect'] === undefined ? 'Missing required field Effect' : 'Syntax errors in policy.',
      );
    }
    if (!isNamed(members['Action'] ?? members['NotAction'])) {
      throw malformedPolicy('Policy statement must contain actions.');
    }
    check(members);
  }
  return { ...document, Statement: statements as PolicyStatement[] };
}

function objectOf(text: string | undefined): Record<string, unknown> {
  if (!isBoundedJson(text ?? '')) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  try {
    const document: unknown = JSON.parse(text ?? '');
    if (typeof document === 'object' && document !== null && 'Statement' in document) {
      return { ...document };
    }
  } catch {
    // Answered below, like JSON that is no policy.
  }
  throw malformedPolicy('Syntax errors in policy.');
}

function isNamed(value: unknown): boolean {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return names.length > 0 && names.every((name) => typeof name === 'string' && name !== '');
}

/** How IAM measures a policy against its quotas: characters other than white space. */
export const policySize = (text: string): number => text.replace(/\s/g, '').length;

/** How IAM answers a policy: percent-encoded as RFC 3986 has it. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
