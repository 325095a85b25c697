import { createHash, randomBytes } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/operation.ts';
import type { Checksums } from './object/checksum.ts';
import { etagOf, md5, type ObjectDescription, type StoredObject } from './object/object-version.ts';

const minPartBytes = 5 * 1024 * 1024;

/** What CompleteMultipartUpload answered. */
export interface CompletedUpload {
  readonly key: string;
  readonly etag: string;
  readonly versionId: string | undefined;
}

export interface UploadedPart {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly checksums: Checksums;
  readonly lastModified: Date;
}

/** An object that comes in parts. Source: Amazon S3 User Guide, "Uploading and copying objects using multipart upload". */
export class MultipartUpload {
  readonly id = randomBytes(24).toString('base64url');
  readonly initiated = new Date();
  readonly key: string;
  readonly description: ObjectDescription;
  readonly #parts = new Map<number, UploadedPart>();

  constructor(key: string, description: ObjectDescription) {
    this.key = key;
    this.description = description;
  }

  /** A part of the same number takes the place of the one before. */
  add(partNumber: number, body: Uint8Array, checksums: Checksums): UploadedPart {
    const part = { body, etag: etagOf(body), checksums, lastModified: new Date() };
    this.#parts.set(partNumber, part);
    return part;
  }

  /** By number. */
  parts(): (readonly [partNumber: number, part: UploadedPart])[] {
    return [...this.#parts].sort(([a], [b]) => a - b);
  }

  /**
   * The object of the parts that are named. Its ETag is that of the parts' digests, with their count.
   * @throws InvalidPart, InvalidPartOrder, EntityTooSmall
   */
  assemble(named: readonly CompletedPart[]): StoredObject {
    const parts = named.map((part) => this.#namedPart(part));
    if (named.some(({ PartNumber = 0 }, index) => PartNumber <= (named[index - 1]?.PartNumber ?? 0))) {
      const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
      throw new AwsError('InvalidPartOrder', message);
    }
    if (parts.slice(0, -1).some(({ body }) => body.byteLength < minPartBytes)) {
      const message = 'Your proposed upload is smaller than the minimum allowed size';
      throw new AwsError('EntityTooSmall', message);
    }
    const digests = createHash('md5');
    for (const { body } of parts) {
      digests.update(md5(body));
    }
    return {
      ...this.description,
      body: Buffer.concat(parts.map(({ body }) => body)),
      etag: `"${digests.digest('hex')}-${parts.length}"`,
      checksums: {},
      partSizes: parts.map(({ body }) => body.byteLength),
    };
  }

  #namedPart({ PartNumber = 0, ETag = '' }: CompletedPart): UploadedPart {
    const part = this.#parts.get(PartNumber);
    if (part?.etag.replaceAll('"', '') === ETag.replaceAll('"', '') && part) {
      return part;
    }
    const message =
      'One or more of the specified parts could not be found. The part might not have been uploaded, or the specified ' +
      "entity tag might not have matched the part's entity tag.";
    throw new AwsError('InvalidPart', message);
  }
}
