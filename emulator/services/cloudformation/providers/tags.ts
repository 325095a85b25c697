import type { Properties } from '../provider.ts';
import { textOf } from './api-input.ts';

/** `Tags` of a resource: most types take a list of keys and values, some (SSM) a map. */
export function tagMap(tags: unknown): Record<string, string> {
  if (tags === undefined) {
    return {};
  }
  if (!Array.isArray(tags)) {
    const entries = Object.entries(tags as Properties);
    return Object.fromEntries(entries.map(([key, value]) => [key, textOf(value, `#/Tags/${key}`)]));
  }
  return Object.fromEntries(
    (tags as Properties[]).map((tag, i) => [
      textOf(tag['Key'], `#/Tags/${i}/Key`),
      textOf(tag['Value'], `#/Tags/${i}/Value`),
    ]),
  );
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const tagList = (tags: unknown): Tag[] => Object.entries(tagMap(tags)).map(([Key, Value]) => ({ Key, Value }));

/** Brings a resource's tags from what they were to what they are to be; calls nothing where they are the same. */
export async function changeTags(
  { Tags: before }: Properties,
  { Tags: after }: Properties,
  operations: {
    readonly set: (tags: Record<string, string>) => unknown;
    readonly remove: (keys: string[]) => unknown;
  },
): Promise<void> {
  const [old, wanted] = [tagMap(before), tagMap(after)];
  const removed = Object.keys(old).filter((key) => !(key in wanted));
  const set = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => old[key] !== value));
  if (removed.length > 0) {
    await operations.remove(removed);
  }
  if (Object.keys(set).length > 0) {
    await operations.set(set);
  }
}
