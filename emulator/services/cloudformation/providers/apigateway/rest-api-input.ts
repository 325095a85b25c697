import type { Properties } from '../../provider.ts';

/** Properties by the names of the API of REST APIs, which begin with a small letter. */
export const camelCased = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name[0]?.toLowerCase() + name.slice(1), value]),
  );

type Patch = { op: 'replace' | 'remove'; path: string; value?: string };

/** The operations of a patch that brings members from what they were to what they are to be: the path of each by its property. */
export function patchOf(
  previous: Properties,
  properties: Properties,
  paths: Readonly<Record<string, string>>,
): Patch[] {
  return Object.entries(paths).flatMap(([name, path]): Patch[] => {
    const [before, after] = [previous[name], properties[name]];
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return [];
    }
    return after === undefined
      ? [{ op: 'remove', path }]
      : [{ op: 'replace', path, value: typeof after === 'object' ? JSON.stringify(after) : String(after) }];
  });
}

/** The same for a map or a list, each of whose entries has a path of its own. */
export function entriesPatchOf(before: unknown, after: unknown, path: string) {
  const [old, wanted] = [entriesOf(before), entriesOf(after)];
  const removed = Object.keys(old).filter((key) => !(key in wanted));
  return [
    ...removed.map((key) => ({ op: 'remove' as const, path: `${path}/${escaped(key)}` })),
    ...Object.entries(wanted)
      .filter(([key, value]) => old[key] !== value)
      .map(([key, value]) => ({ op: 'add' as const, path: `${path}/${escaped(key)}`, value })),
  ];
}

const entriesOf = (value: unknown): Record<string, string> =>
  Array.isArray(value)
    ? Object.fromEntries(value.map((one) => [String(one), '']))
    : Object.fromEntries(Object.entries(Object(value) as object).map(([key, one]) => [key, String(one)]));

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
