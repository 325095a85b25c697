import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../../../wire/operation.ts';

/** Checksums in base64, by the members that carry them in requests and answers. */
export type Checksums = Partial<Readonly<Record<(typeof checksums)[number], string>>>;

const checksums = [
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
  'ChecksumSHA512',
] as const;

const digest =
  (algorithm: string) =>
  (body: Uint8Array): string =>
    createHash(algorithm).update(body).digest('base64');

function crc32Base64(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** Those that Node computes. The others, CRC32C and CRC64NVME, are taken on trust. */
const computeChecksum: Partial<Record<(typeof checksums)[number], (body: Uint8Array) => string>> = {
  ChecksumCRC32: crc32Base64,
  ChecksumSHA1: digest('sha1'),
  ChecksumSHA256: digest('sha256'),
  ChecksumSHA512: digest('sha512'),
};

type ChecksumInput = { readonly [Name in (typeof checksums)[number]]?: string | undefined } & {
  readonly ContentMD5?: string | undefined;
};

/**
 * The checksums that a request brought for its body, in a header or behind the last chunk. Source: Amazon S3 User Guide,
 * "Checking object integrity".
 * @throws InvalidDigest, BadDigest if the body is another than the one that was sent
 */
export function verifiedChecksums(input: ChecksumInput, body: Uint8Array): Checksums {
  if (input.ContentMD5 !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(input.ContentMD5)) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified is not valid.');
  }
  if (input.ContentMD5 !== undefined && digest('md5')(body) !== input.ContentMD5) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const found: { -readonly [Name in keyof Checksums]: string } = {};
  for (const name of checksums) {
    const checksum = input[name];
    if (checksum === undefined) {
      continue;
    }
    const computed = computeChecksum[name]?.(body);
    if (computed !== undefined && computed !== checksum) {
      const algorithm = name.replace('Checksum', '');
      throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
    found[name] = checksum;
  }
  return found;
}
