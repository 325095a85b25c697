import * as sts from '@aws-sdk/client-sts';
import type { AccessKeys } from '../../wire/authentication/access-keys.ts';
import { AwsError, type Handlers } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';

const model = serviceModel('sts', sts, { xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/' });

const sessionSeconds = 3600;

/**
 * STS: who a caller is, and keys of a role. The session is given whichever role is asked for: that it exists, and trusts the
 * caller, is not checked.
 */
export function createSts(accessKeys: AccessKeys) {
  const operations = {
    GetCallerIdentity: (_input, { caller }) => ({
      Account: caller.arn.split(':')[4],
      Arn: caller.arn,
      UserId: caller.userId,
    }),
    AssumeRole: ({ RoleArn = '', RoleSessionName = '', DurationSeconds = sessionSeconds }) => {
      const role = RoleArn.slice(RoleArn.lastIndexOf('/') + 1);
      if (!/^arn:[^:]+:iam::\d{12}:role\/./.test(RoleArn) || role === '') {
        throw invalid(`${RoleArn} is invalid`);
      }
      if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
        throw invalid(
          `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
        );
      }
      if (!Number.isInteger(DurationSeconds) || DurationSeconds < 900 || DurationSeconds > 43_200) {
        throw invalid(
          `1 validation error detected: Value '${DurationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must be between 900 and 43200`,
        );
      }
      const expiresAt = Date.now() + DurationSeconds * 1000;
      const { caller, ...keys } = accessKeys.issue({ role, sessionName: RoleSessionName, expiresAt });
      return {
        AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
        Credentials: {
          AccessKeyId: keys.accessKeyId,
          SecretAccessKey: keys.secretAccessKey,
          SessionToken: keys.sessionToken,
          Expiration: new Date(expiresAt),
        },
      };
    },
  } satisfies Handlers<typeof sts>;
  return { service: service<typeof sts>(model, operations), operations };
}

const invalid = (message: string): AwsError => new AwsError('ValidationError', message);
