import { createHash, randomBytes } from 'node:crypto';
import type { ServerSideEncryption, StorageClass, Tag } from '@aws-sdk/client-s3';
import type { Checksums } from './checksum.ts';

/** The headers that are kept with an object and given back with it. */
export interface ObjectHeaders {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** What is said of an object when it is put, and told again when it is got. */
export interface ObjectDescription {
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: StorageClass;
  readonly encryption: ServerSideEncryption;
  readonly kmsKeyId: string | undefined;
  readonly tags: readonly Tag[];
}

/** What an object is: its bytes, and what was said of them. It never changes. */
export interface StoredObject extends ObjectDescription {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly checksums: Checksums;
  /** In bytes, of what came in parts. */
  readonly partSizes?: readonly number[];
}

/** One version of a key: an object, or the mark that the key was deleted. */
export interface ObjectVersion {
  readonly key: string;
  /** `null`, as text, of what was stored while its bucket was not versioned. */
  readonly versionId: string;
  readonly lastModified: Date;
  readonly object: StoredObject | undefined;
}

/** A version that is not the mark of a deletion. */
export interface ObjectOfVersion extends ObjectVersion {
  readonly object: StoredObject;
}

export const unversioned = 'null';

export const newVersionId = (): string => randomBytes(24).toString('base64url');

export const md5 = (body: Uint8Array): Buffer => createHash('md5').update(body).digest();

/** The ETag of what was stored in one piece. */
export const etagOf = (body: Uint8Array): string => `"${md5(body).toString('hex')}"`;
