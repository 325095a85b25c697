import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { policyOperations } from './policy-operations.ts';
import { secretOperations } from './secret-operations.ts';
import { Secrets } from './secrets.ts';
import { tagOperations } from './tag-operations.ts';
import { valueOperations } from './value-operations.ts';

const model = serviceModel('secretsmanager', secretsmanager);

/** Secrets Manager. Not served: rotation, replication, batches, and encryption, of which nothing would be seen. */
export function createSecretsManager(region: Region) {
  const secrets = new Secrets(region);
  const operations = {
    ...secretOperations(secrets),
    ...valueOperations(secrets),
    ...policyOperations(secrets),
    ...tagOperations(secrets),
  } satisfies Handlers<typeof secretsmanager>;
  return { service: service<typeof secretsmanager>(model, operations), operations };
}
