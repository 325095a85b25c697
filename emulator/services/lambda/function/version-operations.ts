import { isDeepStrictEqual } from 'node:util';
import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { invalidParameter } from '../errors.ts';
import { pageOf } from '../paging.ts';
import {
  checkNotUpdating,
  checkRevision,
  describe,
  type FunctionVersion,
  type LambdaFunction,
  latestVersion,
  newRevisionId,
} from './function.ts';
import { parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';

/** Makes a version of what `$LATEST` is now. Where nothing changed since the last one, that is the version. */
export function publish(owner: LambdaFunction, description?: string): FunctionVersion {
  const from = owner.latest;
  const last = owner.lastPublished;
  if (last && isSame(last.from, from) && owner.versions.has(last.version.version)) {
    return last.version;
  }
  owner.publishedCount++;
  const version: FunctionVersion = {
    ...from,
    version: String(owner.publishedCount),
    configuration: { ...from.configuration, description: description ?? from.configuration.description },
    revisionId: newRevisionId(),
  };
  from.code.retain();
  owner.versions.set(version.version, version);
  owner.lastPublished = { from, version };
  return version;
}

/** An update that brings the same code and settings is no change, although it makes a revision of its own. */
const isSame = (a: FunctionVersion, b: FunctionVersion): boolean =>
  a.code.sha256 === b.code.sha256 && isDeepStrictEqual(a.configuration, b.configuration);

export function versionOperations(functions: Functions) {
  return {
    PublishVersion: (input) => {
      const owner = functions.get(parseFunctionName(input.FunctionName));
      checkNotUpdating(owner);
      checkRevision(input.RevisionId, owner.latest.revisionId);
      const { sha256 } = owner.latest.code;
      if (input.CodeSha256 && input.CodeSha256 !== sha256) {
        throw invalidParameter(
          `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      }
      return describe(owner, publish(owner, input.Description));
    },
    ListVersionsByFunction: (input) => {
      const owner = functions.get(parseFunctionName(input.FunctionName));
      const versions = [
        describe(owner, owner.latest, latestVersion),
        ...[...owner.versions.values()].map((version) => describe(owner, version)),
      ];
      const { items, ...next } = pageOf(versions, ({ Version = '' }) => Version, input);
      return { Versions: items, ...next };
    },
  } satisfies Handlers<typeof lambda>;
}
