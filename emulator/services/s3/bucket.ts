import type {
  BucketVersioningStatus,
  CORSRule,
  LifecycleRule,
  LoggingEnabled,
  NotificationConfiguration,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionConfiguration,
  Tag,
  TransitionDefaultMinimumObjectSize,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import { deletedKey, methodNotAllowed, noSuchKey, noSuchVersion } from './errors.ts';
import type { CompletedUpload, MultipartUpload } from './multipart-upload.ts';
import {
  newVersionId,
  type ObjectOfVersion,
  type ObjectVersion,
  type StoredObject,
  unversioned,
} from './object/object-version.ts';

/** What names an object of a bucket, and maybe one version of it. */
export interface ObjectReference {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** What is set of a bucket. Where it is undefined there is no such configuration, which S3 answers with an error. */
export interface BucketConfiguration {
  cors: readonly CORSRule[] | undefined;
  encryption: ServerSideEncryptionConfiguration;
  lifecycle:
    | { readonly rules: LifecycleRule[]; readonly minimumSize: TransitionDefaultMinimumObjectSize | undefined }
    | undefined;
  logging: LoggingEnabled | undefined;
  notifications: NotificationConfiguration | undefined;
  ownership: OwnershipControls | undefined;
  policy: string | undefined;
  publicAccessBlock: PublicAccessBlockConfiguration | undefined;
  tags: Tag[] | undefined;
  website: WebsiteConfiguration | undefined;
}

/** Objects are encrypted with keys of S3's own by default. */
export const defaultEncryption: ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

/**
 * A bucket: the versions of each key, the newest first. A bucket that is not versioned has one version of a key, `null`.
 * Source: Amazon S3 User Guide, "How S3 Versioning works".
 */
export class Bucket {
  readonly name: string;
  readonly location: string;
  readonly created = new Date();
  readonly uploads = new Map<string, MultipartUpload>();
  /** What uploads that are complete were answered, by their IDs: a client may ask again. */
  readonly completed = new Map<string, CompletedUpload>();
  /** As S3 sets up a new bucket: encrypted, without access lists, closed to the public. */
  readonly configuration: BucketConfiguration = {
    cors: undefined,
    encryption: defaultEncryption,
    lifecycle: undefined,
    logging: undefined,
    notifications: undefined,
    ownership: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    policy: undefined,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    tags: undefined,
    website: undefined,
  };
  /** Undefined while the bucket has never been versioned. */
  versioning: BucketVersioningStatus | undefined;
  readonly #versions = new Map<string, ObjectVersion[]>();

  constructor(name: string, location: string) {
    this.name = name;
    this.location = location;
  }

  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  /** In the order in which S3 lists them. S3 orders by UTF-8 bytes, which differs from this beyond U+FFFF. */
  keys(): string[] {
    return [...this.#versions.keys()].sort();
  }

  versions(key: string): readonly ObjectVersion[] {
    return this.#versions.get(key) ?? [];
  }

  /** The newest version of a key, or the one that is asked for. */
  version(key: string, versionId?: string): ObjectVersion | undefined {
    return this.versions(key).find((version) => versionId === undefined || version.versionId === versionId);
  }

  /** The object that a key stands for now. */
  current(key: string): StoredObject | undefined {
    return this.version(key)?.object;
  }

  /**
   * The object that is to be read.
   * @throws NoSuchKey, NoSuchVersion, MethodNotAllowed for the mark of a deletion
   */
  get({ Key = '', VersionId }: ObjectReference): ObjectOfVersion {
    const version = this.version(Key, VersionId);
    if (version?.object) {
      return { ...version, object: version.object };
    }
    if (VersionId === undefined) {
      throw version ? deletedKey(version.versionId) : noSuchKey();
    }
    throw version ? methodNotAllowed() : noSuchVersion();
  }

  /** The object of a version, if it is one. */
  objectVersion({ Key = '', VersionId }: ObjectReference): ObjectOfVersion | undefined {
    const version = this.version(Key, VersionId);
    return version?.object && { ...version, object: version.object };
  }

  /** Makes an object, or the mark that there is none, the newest version of a key. */
  add(key: string, object: StoredObject | undefined): ObjectVersion {
    const versionId = this.versioning === 'Enabled' ? newVersionId() : unversioned;
    const added = { key, versionId, lastModified: new Date(), object };
    const others = this.versions(key).filter((version) => version.versionId !== versionId);
    this.#versions.set(key, [added, ...others]);
    return added;
  }

  /** Puts another object into a version, where what is said of it has changed. */
  replace(version: ObjectOfVersion, object: StoredObject): void {
    this.#versions.set(
      version.key,
      this.versions(version.key).map((one) => (one.versionId === version.versionId ? { ...one, object } : one)),
    );
  }

  /** Takes a version away for good. */
  remove({ key, versionId }: ObjectVersion): void {
    const left = this.versions(key).filter((version) => version.versionId !== versionId);
    if (left.length > 0) {
      this.#versions.set(key, left);
    } else {
      this.#versions.delete(key);
    }
  }

  /** The id that responses give for a version: none in a bucket that was never versioned. */
  toldVersionId({ versionId }: ObjectVersion): string | undefined {
    return this.versioning === undefined ? undefined : versionId;
  }
}
