import type { Tag } from '@aws-sdk/client-s3';
import { AwsError } from '../../../wire/operation.ts';
import { invalidArgument } from '../errors.ts';

/** Source: Amazon S3 User Guide, "Categorizing your objects using tags". */
const maxTags = 10;
const maxKeyLength = 128;
const maxValueLength = 256;
const text = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const invalidTag = (message: string) => new AwsError('InvalidTag', message);

/** The tags of the header `x-amz-tagging`, as `a=b&c=d`. @throws InvalidArgument, InvalidTag, BadRequest */
export function tagsOfHeader(header = ''): readonly Tag[] {
  if (/%(?![0-9a-f]{2})/i.test(header)) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    );
  }
  return checkedTags([...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value })));
}

/** @throws InvalidTag, BadRequest */
export function checkedTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > maxTags) {
    throw new AwsError('BadRequest', `Object tags cannot be greater than ${maxTags}`);
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidTag('Cannot provide multiple Tags with the same key');
  }
  for (const { Key = '', Value = '' } of tags) {
    if (Key === '' || Key.length > maxKeyLength || !text.test(Key)) {
      throw invalidTag('The TagKey you have provided is invalid');
    }
    if (Key.startsWith('aws:')) {
      throw invalidTag('System tags cannot be added/updated by requester');
    }
    if (Value.length > maxValueLength || !text.test(Value)) {
      throw invalidTag('The TagValue you have provided is invalid');
    }
  }
  return tags;
}
