import { randomUUID } from 'node:crypto';
import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter, invalidRequest } from './errors.ts';
import { pageOf } from './paging.ts';
import { randomPassword } from './random-password.ts';
import { current, type Secret } from './secret.ts';
import type { Secrets } from './secrets.ts';

const maxStages = 20;

/** The operations on what secrets say: their versions and staging labels. */
export function valueOperations(secrets: Secrets) {
  return {
    GetSecretValue: ({ SecretId = '', VersionId, VersionStage }) => {
      const secret = secrets.getUsable(SecretId);
      const version = secret.select(VersionId, VersionStage);
      if (VersionStage !== undefined && !version.stages.has(VersionStage)) {
        throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
      }
      secret.accessed = new Date();
      const { SecretString, SecretBinary } = version;
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        ...(SecretString !== undefined && { SecretString }),
        SecretBinary,
        VersionStages: [...version.stages],
        CreatedDate: version.created,
      };
    },

    PutSecretValue: ({ SecretId = '', ClientRequestToken = randomUUID(), VersionStages = [current], ...input }) => {
      const secret = secrets.getUsable(SecretId);
      const { SecretString, SecretBinary } = input;
      if (SecretString === undefined && SecretBinary === undefined) {
        throw invalidRequest('You must provide either SecretString or SecretBinary.');
      }
      if (VersionStages.length < 1 || VersionStages.length > maxStages) {
        throw invalidParameter(`VersionStages must have between 1 and ${maxStages} members.`);
      }
      const version = secret.put(ClientRequestToken, { SecretString, SecretBinary }, VersionStages);
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
    },

    UpdateSecretVersionStage: ({ SecretId = '', VersionStage = '', RemoveFromVersionId, MoveToVersionId }) => {
      const secret = secrets.getUsable(SecretId);
      checkMove(secret, VersionStage, RemoveFromVersionId, MoveToVersionId);
      const target = MoveToVersionId === undefined ? undefined : secret.select(MoveToVersionId);
      secret.move(VersionStage, target);
      secret.changed = new Date();
      return { ARN: secret.arn, Name: secret.name };
    },

    ListSecretVersionIds: ({ SecretId = '', IncludeDeprecated = false, ...page }) => {
      const secret = secrets.get(SecretId);
      const listed = secret.versions.filter(({ stages }) => IncludeDeprecated || stages.size > 0);
      const { items, ...next } = pageOf(listed, ({ id }) => id, page);
      const Versions = items.map(({ id, stages, created }) => ({
        VersionId: id,
        VersionStages: [...stages],
        CreatedDate: created,
      }));
      return { ARN: secret.arn, Name: secret.name, Versions, ...next };
    },

    GetRandomPassword: (input) => ({ RandomPassword: randomPassword(input) }),
  } satisfies Handlers<typeof secretsmanager>;
}

/** A request moves a label only if it names where the label is. */
function checkMove(secret: Secret, stage: string, from: string | undefined, to: string | undefined): void {
  const at = secret.staged(stage);
  if (from !== undefined) {
    const named = secret.select(from);
    if (!named.stages.has(stage)) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId is invalid. Staging label ${stage} is not currently attached to version ${from}.`,
      );
    }
  } else if (at && at.id !== to) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${at.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (to === undefined && stage === current) {
    throw invalidParameter(
      `You can only move staging label ${current} to a different secret version. It can't be completely removed.`,
    );
  }
}
