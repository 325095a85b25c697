import { PutObjectCommand } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { internalCall } from '../../../../wire/operation.ts';
import { matchesWildcard } from '../../../../wire/wildcard.ts';
import { validationError } from '../../errors.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, booleanOf, textOf, textsOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** The most that the sources hold unzipped, in bytes. */
const mostBytes = 512 * 1024 * 1024;

/** Where a deployment puts its files, and what it leaves alone there. */
interface Target {
  readonly Bucket: string;
  readonly prefix: string;
  readonly isRetained: boolean;
}

/**
 * What CDK's `BucketDeployment` makes. Its handler is Python, and this does the same: it unzips the sources into the bucket, and deletes
 * what is not in them (`Prune`). Source: CDK's API reference, "aws-s3-deployment". There are no distributions of CloudFront to invalidate.
 */
export function customBucketDeployment(s3: ServiceOperations['s3']): ResourceProvider {
  async function filesOf(properties: Properties): Promise<Map<string, Uint8Array>> {
    const buckets = textsOf(properties['SourceBucketNames'], '#/SourceBucketNames');
    const keys = textsOf(properties['SourceObjectKeys'], '#/SourceObjectKeys');
    const markers = (properties['SourceMarkers'] ?? []) as Properties[];
    const isExtracted = flag(properties, 'Extract', true);
    const files = new Map<string, Uint8Array>();
    for (const [at, Key] of keys.entries()) {
      const { Body = new Uint8Array() } = await s3.GetObject({ Bucket: buckets[at], Key }, internalCall());
      const content = isExtracted ? unzipped(Body, Key) : { [Key.split('/').at(-1) ?? Key]: Body };
      for (const [name, bytes] of Object.entries(content)) {
        files.set(name, withMarkers(bytes, markers[at] ?? {}));
      }
    }
    return new Map([...files].filter(([name]) => isWanted(name, properties)));
  }

  async function deploy(properties: Properties): Promise<void> {
    const { Bucket, prefix } = targetOf(properties);
    const files = await filesOf(properties);
    for (const [name, Body] of files) {
      const input = apiInput(PutObjectCommand, {
        ContentType: contentTypeOf(name),
        ...systemMetadataOf(properties),
        Bucket,
        Key: prefix + name,
        Metadata: (properties['UserMetadata'] ?? {}) as Properties,
      });
      await s3.PutObject({ ...input, Body }, internalCall());
    }
    if (flag(properties, 'Prune', true)) {
      await remove({ Bucket, prefix }, (name) => !files.has(name) && isWanted(name, properties));
    }
  }

  async function remove(
    { Bucket, prefix }: Pick<Target, 'Bucket' | 'prefix'>,
    goes: (name: string) => boolean,
  ): Promise<void> {
    for (let ContinuationToken: string | undefined; ; ) {
      const page = await s3.ListObjectsV2({ Bucket, Prefix: prefix, ContinuationToken }, internalCall());
      for (const { Key = '' } of page.Contents ?? []) {
        if (goes(Key.slice(prefix.length))) {
          await s3.DeleteObject({ Bucket, Key }, internalCall());
        }
      }
      ContinuationToken = page.NextContinuationToken;
      if (ContinuationToken === undefined) {
        return;
      }
    }
  }

  const attributesOf = (properties: Properties) => ({
    DestinationBucketArn: properties['DestinationBucketArn'] ?? `arn:aws:s3:::${targetOf(properties).Bucket}`,
    SourceObjectKeys: properties['SourceObjectKeys'],
  });
  return {
    type: 'Custom::CDKBucketDeployment',
    properties: { ServiceToken: 'in place', '*': 'in place' },
    shortfallOf: ({ DistributionId }) =>
      DistributionId === undefined ? undefined : 'Not invalidated: this endpoint has no CloudFront.',
    create: async (properties, { physicalName }) => {
      await deploy(properties);
      return { physicalId: physicalName(128), attributes: attributesOf(properties) };
    },
    update: async (resource, properties, previous) => {
      const [before, after] = [targetOf(previous), targetOf(properties)];
      if (!before.isRetained && (before.Bucket !== after.Bucket || before.prefix !== after.prefix)) {
        await unlessGone(() => remove(before, () => true));
      }
      await deploy(properties);
      return { ...resource, attributes: attributesOf(properties) };
    },
    delete: async (_resource, properties) => {
      const target = targetOf(properties);
      if (!target.isRetained) {
        await unlessGone(() => remove(target, () => true));
      }
    },
  };
}

function targetOf(properties: Properties): Target {
  const { DestinationBucketName, DestinationBucketKeyPrefix = '' } = properties;
  const prefix = textOf(DestinationBucketKeyPrefix, '#/DestinationBucketKeyPrefix').replace(/^\/+|\/+$/g, '');
  return {
    Bucket: textOf(DestinationBucketName, '#/DestinationBucketName'),
    prefix: prefix === '' ? '' : `${prefix}/`,
    isRetained: flag(properties, 'RetainOnDelete', true),
  };
}

const flag = (properties: Properties, name: string, usual: boolean): boolean =>
  properties[name] === undefined ? usual : booleanOf(properties[name], `#/${name}`);

/** `Exclude` takes files out, and `Include` puts some of those back. */
function isWanted(name: string, { Exclude, Include }: Properties): boolean {
  const isIn = (patterns: unknown, at: string) =>
    textsOf(patterns, at).some((pattern) => matchesWildcard(name, pattern));
  return !isIn(Exclude, '#/Exclude') || isIn(Include, '#/Include');
}

function unzipped(zip: Uint8Array, key: string): Record<string, Uint8Array> {
  let bytes = 0;
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        bytes += originalSize;
        if (bytes > mostBytes) {
          throw new Error('it holds too much');
        }
        return !name.endsWith('/');
      },
    });
    return files;
  } catch (error) {
    throw validationError(`The source ${key} could not be unzipped: ${(error as Error).message}`);
  }
}

/** What a stack knows only when it is deployed stands in the files as a marker. */
function withMarkers(bytes: Uint8Array, markers: Properties): Uint8Array {
  const entries = Object.entries(markers);
  if (entries.length === 0) {
    return bytes;
  }
  const text = entries.reduce(
    (all, [marker, value]) => all.replaceAll(marker, () => String(value)),
    Buffer.from(bytes).toString(),
  );
  return Buffer.from(text);
}

const systemNames: Readonly<Record<string, string>> = {
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-type': 'ContentType',
};

function systemMetadataOf({ SystemMetadata = {} }: Properties): Properties {
  return Object.fromEntries(
    Object.entries(SystemMetadata as Properties).flatMap(([name, value]) => {
      const member = systemNames[name];
      return member === undefined ? [] : [[member, value]];
    }),
  );
}

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  ico: 'image/vnd.microsoft.icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  map: 'application/json',
  md: 'text/markdown',
  mjs: 'text/javascript',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff2: 'font/woff2',
  xml: 'text/xml',
};

/** What the AWS CLI, which the handler of CDK's runs, guesses by a file's name. */
const contentTypeOf = (name: string): string =>
  contentTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'binary/octet-stream';
