import type * as lambda from '@aws-sdk/client-lambda';
import type { FunctionCode } from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { conflict, invalidParameter, invalidValue, notServed } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { CodePackage, CodePackages } from './code.ts';
import {
  architecturesOf,
  type Configuration,
  changedConfiguration,
  type FindLayers,
  initialConfiguration,
} from './configuration.ts';
import {
  checkNotUpdating,
  checkRevision,
  describe,
  describeCreation,
  describeUpdate,
  type FunctionVersion,
  LambdaFunction,
  latestVersion,
  newRevisionId,
} from './function.ts';
import { parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';
import { publish } from './version-operations.ts';

/** Reads an object of S3. @throws an error with S3's code as its name */
export type S3GetObject = (bucket: string, key: string) => Promise<Uint8Array>;

/** Where code may come from: the zip itself, or an object. */
type CodeLocation = {
  readonly [Member in keyof Pick<FunctionCode, 'ZipFile' | 'S3Bucket' | 'S3Key' | 'ImageUri'>]:
    | FunctionCode[Member]
    | undefined;
};

export interface FunctionOperationsDeps {
  readonly functions: Functions;
  readonly codes: CodePackages;
  /** Ends the environments of a version that is no more. */
  readonly retire: (version: FunctionVersion) => void;
  readonly s3GetObject: S3GetObject;
  readonly findLayers: FindLayers;
  /** Where a deployment package can be fetched, by its name. */
  readonly codeLocation: (name: string) => string;
}

/** Functions: made, shown, changed and deleted. A change is in force when its call is answered. */
export function functionOperations(deps: FunctionOperationsDeps) {
  const { functions, codes, retire, s3GetObject, findLayers, codeLocation } = deps;
  const codeFrom = (location: CodeLocation) => unpackFrom(location, codes, s3GetObject);

  /** Puts another `$LATEST` in the place of the one there is. */
  function replaceLatest(
    owner: LambdaFunction,
    change: Partial<Pick<FunctionVersion, 'configuration' | 'code'>>,
  ): void {
    const before = owner.latest;
    owner.latest = { ...before, ...change, revisionId: newRevisionId(), lastModified: new Date() };
    retire(before);
    if (owner.latest.code !== before.code) {
      before.code.release();
    }
  }

  function deleteVersion(owner: LambdaFunction, number: string): void {
    const version = owner.versions.get(number);
    const user = [...owner.aliases.values()].find((alias) => alias.version === number || alias.weights.has(number));
    if (user) {
      throw conflict(`The following aliases reference version ${number} of the function: [${user.name}]`);
    }
    if (!version) {
      return;
    }
    owner.versions.delete(number);
    owner.provisionedConcurrency.delete(number);
    owner.runtimeManagement.delete(number);
    discard(version);
  }

  function discard(version: FunctionVersion): void {
    retire(version);
    version.code.release();
  }

  return {
    CreateFunction: async (input) => {
      const { name } = parseFunctionName(input.FunctionName);
      if (name.length > 64) {
        throw invalidValue('functionName', name, 'Member must have length less than or equal to 64');
      }
      const configuration = initialConfiguration(name, input, findLayers);
      if (functions.has(name)) {
        throw conflict(`Function already exist: ${name}`);
      }
      const code = await codeFrom(input.Code ?? {});
      if (functions.has(name)) {
        code.release();
        throw conflict(`Function already exist: ${name}`);
      }
      const latest = newVersion(name, configuration, code);
      const owner = new LambdaFunction(name, functions.arnOf(name), latest, { ...input.Tags });
      functions.add(owner);
      return describeCreation(owner, input.Publish ? publish(owner) : latest);
    },

    GetFunction: (input) => {
      const reference = parseFunctionName(input.FunctionName, input.Qualifier);
      const owner = functions.get(reference);
      const version = owner.resolve(reference.qualifier);
      return {
        Configuration: describe(owner, version, reference.qualifier),
        Code: { RepositoryType: 'S3', Location: codeLocation(version.code.name) },
        ...(Object.keys(owner.tags).length > 0 && { Tags: { ...owner.tags } }),
        ...(owner.reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: owner.reservedConcurrency },
        }),
      };
    },

    GetFunctionConfiguration: (input) => {
      const reference = parseFunctionName(input.FunctionName, input.Qualifier);
      const owner = functions.get(reference);
      return describe(owner, owner.resolve(reference.qualifier), reference.qualifier);
    },

    UpdateFunctionCode: async (input) => {
      const owner = functions.get(parseFunctionName(input.FunctionName));
      checkNotUpdating(owner);
      checkRevision(input.RevisionId, owner.latest.revisionId);
      const architectures = architecturesOf(input.Architectures) ?? owner.latest.configuration.architectures;
      owner.isUpdating = true;
      const code = await codeFrom(input).finally(() => {
        owner.isUpdating = false;
      });
      if (input.DryRun) {
        code.release();
        return describe(owner, { ...owner.latest, code });
      }
      replaceLatest(owner, { code, configuration: { ...owner.latest.configuration, architectures } });
      return describeUpdate(owner, input.Publish ? publish(owner) : owner.latest);
    },

    UpdateFunctionConfiguration: (input) => {
      const owner = functions.get(parseFunctionName(input.FunctionName));
      checkNotUpdating(owner);
      checkRevision(input.RevisionId, owner.latest.revisionId);
      const before = owner.latest.configuration;
      replaceLatest(owner, { configuration: changedConfiguration(owner.name, input, findLayers, before) });
      return describeUpdate(owner, owner.latest);
    },

    DeleteFunction: (input) => {
      const reference = parseFunctionName(input.FunctionName, input.Qualifier);
      const owner = functions.get(reference);
      const { qualifier } = reference;
      if (qualifier === latestVersion) {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
      }
      if (qualifier !== undefined) {
        if (!/^\d+$/.test(qualifier)) {
          throw invalidParameter('Deletion of aliases is not currently supported.');
        }
        deleteVersion(owner, qualifier);
        return {};
      }
      functions.remove(owner.name);
      for (const version of [owner.latest, ...owner.versions.values()]) {
        discard(version);
      }
      for (const url of owner.urls.values()) {
        url.close();
      }
      return {};
    },

    ListFunctions: (input) => {
      const all = functions
        .all()
        .flatMap((owner) => [
          describe(owner, owner.latest, input.FunctionVersion === 'ALL' ? latestVersion : undefined),
          ...(input.FunctionVersion === 'ALL' ? [...owner.versions.values()] : []).map((version) =>
            describe(owner, version),
          ),
        ]);
      const { items, ...next } = pageOf(all, ({ FunctionArn = '' }) => FunctionArn, input);
      return { Functions: items, ...next };
    },
  } satisfies Handlers<typeof lambda>;
}

/** Fetches a deployment package and unpacks it. @throws InvalidParameterValueException */
export async function unpackFrom(
  { ZipFile, S3Bucket, S3Key, ImageUri }: CodeLocation,
  codes: CodePackages,
  s3GetObject: S3GetObject,
): Promise<CodePackage> {
  if (ImageUri) {
    throw notServed('ImageUri');
  }
  if (ZipFile) {
    return codes.unpack(ZipFile);
  }
  if (!S3Bucket || !S3Key) {
    throw invalidParameter('Please provide a source for function code.');
  }
  const zip = await s3GetObject(S3Bucket, S3Key).catch((error: Error) => {
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.name}. S3 Error Message: ${error.message}`,
    );
  });
  return codes.unpack(zip);
}

function newVersion(functionName: string, configuration: Configuration, code: CodePackage): FunctionVersion {
  return {
    functionName,
    version: latestVersion,
    configuration,
    code,
    revisionId: newRevisionId(),
    lastModified: new Date(),
  };
}
