import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { conflict, invalidParameter, notFound } from '../errors.ts';
import type { CodePackage } from '../function/code.ts';
import { lambdaTime, newRevisionId } from '../function/function.ts';
import { pageOf } from '../paging.ts';
import type { Layers, LayerVersion } from './layers.ts';

export interface LayerOperationsDeps {
  readonly layers: Layers;
  /** Fetches and unpacks a package. @throws InvalidParameterValueException where it is none */
  unpack(content: {
    ZipFile?: Uint8Array | undefined;
    S3Bucket?: string | undefined;
    S3Key?: string | undefined;
  }): Promise<CodePackage>;
  codeLocation(name: string): string;
}

/** Layers. Source: Lambda Developer Guide, "Managing Lambda dependencies with layers". Permissions are kept, and not enforced. */
export function layerOperations({ layers, unpack, codeLocation }: LayerOperationsDeps) {
  const summary = (version: LayerVersion): lambda.LayerVersionsListItem => ({
    LayerVersionArn: version.arn,
    Version: version.version,
    Description: version.description,
    CreatedDate: lambdaTime(version.created),
    CompatibleRuntimes: [...version.runtimes] as lambda.Runtime[],
    CompatibleArchitectures: [...version.architectures] as lambda.Architecture[],
    ...(version.licenseInfo !== undefined && { LicenseInfo: version.licenseInfo }),
  });
  const described = (version: LayerVersion) => ({
    ...summary(version),
    LayerArn: version.arn.replace(/:\d+$/, ''),
    Content: {
      Location: codeLocation(version.content.name),
      CodeSha256: version.content.sha256,
      CodeSize: version.content.size,
    },
  });
  return {
    PublishLayerVersion: async (input) => {
      const name = (input.LayerName ?? '').split(':layer:').at(-1) ?? '';
      if (!/^[\w-]{1,140}$/.test(name)) {
        throw invalidParameter(
          `1 validation error detected: Value '${name}' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+`,
        );
      }
      const content = await unpack({ ...input.Content });
      const version = layers.add(name, {
        content,
        description: input.Description ?? '',
        runtimes: input.CompatibleRuntimes ?? [],
        architectures: input.CompatibleArchitectures ?? [],
        licenseInfo: input.LicenseInfo,
      });
      return described(version);
    },
    GetLayerVersion: ({ LayerName, VersionNumber }) => described(layers.version(LayerName, VersionNumber)),
    GetLayerVersionByArn: ({ Arn = '' }) => {
      const [, layer, version] = /^(.+):(\d+)$/.exec(Arn) ?? [];
      return described(layers.version(layer, Number(version)));
    },
    DeleteLayerVersion: ({ LayerName, VersionNumber = 0 }) => {
      layers.find(LayerName)?.versions.delete(VersionNumber);
      return {};
    },
    ListLayers: (input) => {
      const { items, ...next } = pageOf(layers.all(), ({ name }) => name, input);
      const Layers = items.map(({ name, versions }) => {
        const latest = [...versions.values()].at(-1);
        return {
          LayerName: name,
          LayerArn: layers.arnOf(name),
          ...(latest && { LatestMatchingVersion: summary(latest) }),
        };
      });
      return { Layers, ...next };
    },
    ListLayerVersions: (input) => {
      const versions = [...(layers.find(input.LayerName)?.versions.values() ?? [])].reverse();
      const { items, ...next } = pageOf(versions, ({ arn }) => arn, input);
      return { LayerVersions: items.map(summary), ...next };
    },
    AddLayerVersionPermission: ({ LayerName, VersionNumber, StatementId = '', Action, Principal, OrganizationId }) => {
      const version = layers.version(LayerName, VersionNumber);
      if (version.policy.statements.has(StatementId)) {
        throw conflict(
          `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      const statement = {
        Sid: StatementId,
        Effect: 'Allow' as const,
        Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
        Action: Action ?? 'lambda:GetLayerVersion',
        Resource: version.arn,
        ...(OrganizationId !== undefined && { Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } } }),
      };
      const statements = new Map([...version.policy.statements, [StatementId, statement as never]]);
      version.policy = { statements, revisionId: newRevisionId() };
      return { Statement: JSON.stringify(statement), RevisionId: version.policy.revisionId };
    },
    RemoveLayerVersionPermission: ({ LayerName, VersionNumber, StatementId = '' }) => {
      const version = layers.version(LayerName, VersionNumber);
      if (!version.policy.statements.has(StatementId)) {
        throw notFound(`Statement ${StatementId} is not found in resource policy.`);
      }
      const statements = new Map([...version.policy.statements].filter(([sid]) => sid !== StatementId));
      version.policy = { statements, revisionId: newRevisionId() };
      return {};
    },
    GetLayerVersionPolicy: ({ LayerName, VersionNumber }) => {
      const { policy } = layers.version(LayerName, VersionNumber);
      if (policy.statements.size === 0) {
        throw notFound('No policy is associated with the given resource.');
      }
      const document = { Version: '2012-10-17', Id: 'default', Statement: [...policy.statements.values()] };
      return { Policy: JSON.stringify(document), RevisionId: policy.revisionId };
    },
  } satisfies Handlers<typeof lambda>;
}
