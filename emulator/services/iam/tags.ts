import type { Tag } from '@aws-sdk/client-iam';
import { invalidInput, limitExceeded } from './errors.ts';

const tagLimit = 50;

export type Tags = ReadonlyMap<string, string>;

/** Tags with some added; those of the same key are overwritten. @throws InvalidInput, LimitExceeded (50 tags) */
export function withTags(tags: Tags, added: readonly Tag[] | undefined): Tags {
  const keys = (added ?? []).map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  const merged = new Map([...tags, ...(added ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
  if (merged.size > tagLimit) {
    throw limitExceeded(`The number of tags has reached the maximum limit.`);
  }
  return merged;
}

export function withoutTags(tags: Tags, keys: readonly string[] | undefined): Tags {
  return new Map([...tags].filter(([key]) => !keys?.includes(key)));
}

export const listTags = (tags: Tags): Tag[] => [...tags].map(([Key, Value]) => ({ Key, Value }));
