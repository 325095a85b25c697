import { randomUUID } from 'node:crypto';
import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { AwsError, type Handlers } from '../../wire/operation.ts';
import { listTags } from '../../wire/tags.ts';
import { invalidParameter } from './errors.ts';
import { pageOf } from './paging.ts';
import { current, type Secret, type SecretValue } from './secret.ts';
import { secretFilter } from './secret-filter.ts';
import type { Secrets } from './secrets.ts';
import { taggedWith } from './tag-operations.ts';

const dayMs = 86_400_000;
/** How long a deleted secret can be restored, in days. */
const recoveryWindow = { least: 7, most: 30 };

/** The operations on secrets as such. */
export function secretOperations(secrets: Secrets) {
  return {
    CreateSecret: (input) => {
      const { Name = '', ClientRequestToken = randomUUID(), Tags = [] } = input;
      if (input.AddReplicaRegions?.length) {
        throw new AwsError('NotImplemented', 'secretsmanager: replication is not served by this endpoint.', 501);
      }
      const repeated = secrets.find(Name);
      const value = valueIn(input);
      // A retry with the same token gets the same answer; another value under it is refused by put().
      const retried = !repeated?.deletionDate && repeated?.version(ClientRequestToken) !== undefined;
      const secret = retried && repeated ? repeated : secrets.create(Name);
      const tags = taggedWith(secret, Tags);
      const version = value && secret.put(ClientRequestToken, value, [current]);
      if (!retried) {
        describe(secret, input);
      }
      secret.tags = tags;
      secrets.add(secret);
      return { ARN: secret.arn, Name: secret.name, ...(version && { VersionId: version.id }) };
    },

    UpdateSecret: (input) => {
      const { SecretId = '', ClientRequestToken = randomUUID() } = input;
      const secret = secrets.getUsable(SecretId);
      const value = valueIn(input);
      const version = value && secret.put(ClientRequestToken, value, [current]);
      describe(secret, input);
      secret.changed = new Date();
      return { ARN: secret.arn, Name: secret.name, ...(version && { VersionId: version.id }) };
    },

    DescribeSecret: ({ SecretId = '' }) => {
      const secret = secrets.get(SecretId);
      return { ...entryOf(secret), VersionIdsToStages: secret.stagesByVersion() };
    },

    ListSecrets: ({ Filters = [], IncludePlannedDeletion = false, SortOrder = 'desc', ...page }) => {
      const filters = Filters.map(secretFilter);
      const found = secrets
        .list()
        .filter((secret) => IncludePlannedDeletion || !secret.deletionDate)
        .filter((secret) => filters.every((matches) => matches(secret)));
      if (SortOrder === 'desc') {
        found.reverse();
      }
      const { items, ...next } = pageOf(found, ({ name }) => name, page);
      const SecretList = items.map((secret) => ({
        ...entryOf(secret),
        SecretVersionsToStages: secret.stagesByVersion(),
      }));
      return { SecretList, ...next };
    },

    DeleteSecret: ({ SecretId = '', RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }) => {
      const days = recoveryDays(RecoveryWindowInDays, ForceDeleteWithoutRecovery);
      const found = secrets.find(SecretId);
      // To force a secret away that is not there is no error.
      if (!found && ForceDeleteWithoutRecovery) {
        return { Name: SecretId, DeletionDate: new Date() };
      }
      const secret = ForceDeleteWithoutRecovery ? secrets.get(SecretId) : secrets.getUsable(SecretId);
      const DeletionDate = new Date(Date.now() + days * dayMs);
      secret.deletionDate = DeletionDate;
      return { ARN: secret.arn, Name: secret.name, DeletionDate };
    },

    RestoreSecret: ({ SecretId = '' }) => {
      const secret = secrets.get(SecretId);
      secret.deletionDate = undefined;
      return { ARN: secret.arn, Name: secret.name };
    },
  } satisfies Handlers<typeof secretsmanager>;
}

/** The value in a request, which may also say nothing of it. */
function valueIn({ SecretString, SecretBinary }: SecretValue): SecretValue | undefined {
  return SecretString === undefined && SecretBinary === undefined ? undefined : { SecretString, SecretBinary };
}

function describe(
  secret: Secret,
  { Description, KmsKeyId }: Pick<secretsmanager.UpdateSecretRequest, 'Description' | 'KmsKeyId'>,
): void {
  secret.description = Description ?? secret.description;
  secret.kmsKeyId = KmsKeyId ?? secret.kmsKeyId;
}

function recoveryDays(days: number | undefined, force: boolean): number {
  const { least, most } = recoveryWindow;
  if (force && days !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days !== undefined && (days < least || days > most)) {
    throw invalidParameter(`The RecoveryWindowInDays value must be between ${least} and ${most} days (inclusive).`);
  }
  return force ? 0 : (days ?? most);
}

function entryOf(secret: Secret): secretsmanager.SecretListEntry {
  const { description, kmsKeyId, accessed, deletionDate } = secret;
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(description !== undefined && { Description: description }),
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
    CreatedDate: secret.created,
    LastChangedDate: secret.changed,
    ...(accessed && { LastAccessedDate: new Date(accessed.toISOString().slice(0, 'YYYY-MM-DD'.length)) }),
    ...(deletionDate && { DeletedDate: deletionDate }),
    Tags: listTags(secret.tags),
  };
}
