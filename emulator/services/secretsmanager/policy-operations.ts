import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import type { Handlers } from '../../wire/operation.ts';
import type { Secrets } from './secrets.ts';

/** The operations on the resource policies of secrets: kept and shown, not enforced here. */
export function policyOperations(secrets: Secrets) {
  return {
    PutResourcePolicy: ({ SecretId = '', ResourcePolicy = '' }) => {
      const secret = secrets.getUsable(SecretId);
      checkPolicy(ResourcePolicy);
      secret.resourcePolicy = ResourcePolicy;
      return { ARN: secret.arn, Name: secret.name };
    },
    GetResourcePolicy: ({ SecretId = '' }) => {
      const { arn, name, resourcePolicy } = secrets.get(SecretId);
      return { ARN: arn, Name: name, ...(resourcePolicy !== undefined && { ResourcePolicy: resourcePolicy }) };
    },
    DeleteResourcePolicy: ({ SecretId = '' }) => {
      const secret = secrets.get(SecretId);
      secret.resourcePolicy = undefined;
      return { ARN: secret.arn, Name: secret.name };
    },
  } satisfies Handlers<typeof secretsmanager>;
}

function checkPolicy(policy: string): void {
  try {
    const parsed: unknown = JSON.parse(policy);
    if (typeof parsed === 'object' && parsed !== null && 'Statement' in parsed) {
      return;
    }
  } catch {
    // Not JSON: told below, as for JSON that is no policy.
  }
  throw new secretsmanager.MalformedPolicyDocumentException({
    message: 'This resource policy contains invalid Json.',
    $metadata: {},
  });
}
