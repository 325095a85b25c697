/** The tags of a resource: values by key. */
export type Tags = ReadonlyMap<string, string>;

/** A tag as most services list it. */
export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const noTags: Tags = new Map();

/** Most tags of a resource. Source: Tagging AWS Resources User Guide, "Tag naming limits and requirements". */
export const maxTags = 50;

/** Returns tags with some added: those of the same key are overwritten. @throws what `tooMany` gives, past 50 tags */
export function withTags(tags: Tags, added: Iterable<readonly [string, string]>, tooMany: () => Error): Tags {
  const merged = new Map([...tags, ...added]);
  if (merged.size > maxTags) {
    throw tooMany();
  }
  return merged;
}

export function withoutTags(tags: Tags, keys: readonly string[] = []): Tags {
  return new Map([...tags].filter(([key]) => !keys.includes(key)));
}

/** Returns the keys and values of a list of tags. */
export const tagEntries = (list: readonly Tag[] = []): [string, string][] =>
  list.map(({ Key = '', Value = '' }) => [Key, Value]);

export const listTags = (tags: Tags): { Key: string; Value: string }[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));
