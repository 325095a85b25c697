import { randomBytes, randomUUID } from 'node:crypto';
import * as sts from '@aws-sdk/client-sts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';

const model = serviceModel('sts', sts, { xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/' });

const SESSION_SECONDS = 3600;

/** STS: who a caller is, and keys of a role. Keys are made up; no signature is verified by this endpoint. */
export function createSts({ accountId }: Region) {
  const operations = {
    GetCallerIdentity: (_input, { accessKeyId }) => ({
      Account: accountId,
      Arn: `arn:aws:iam::${accountId}:user/${accessKeyId}`,
      UserId: accessKeyId,
    }),
    AssumeRole: ({ RoleArn, RoleSessionName, DurationSeconds }) => {
      const roleName = RoleArn?.slice(RoleArn.lastIndexOf('/') + 1);
      const id = `AROA${randomBytes(8).toString('hex').toUpperCase()}`;
      return {
        AssumedRoleUser: {
          AssumedRoleId: `${id}:${RoleSessionName}`,
          Arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${RoleSessionName}`,
        },
        Credentials: {
          AccessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
          SecretAccessKey: randomBytes(20).toString('hex'),
          SessionToken: randomUUID(),
          Expiration: new Date(Date.now() + (DurationSeconds ?? SESSION_SECONDS) * 1000),
        },
      };
    },
  } satisfies Handlers<typeof sts>;
  return { service: service<typeof sts>(model, operations), operations };
}
