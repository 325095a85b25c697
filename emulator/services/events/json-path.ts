const step = /\.([\w-]+)|\[(\d+)\]|\[(\*)\]|\['([^']*)'\]|\["([^"]*)"\]/g;
const pathPattern = /^\$(?:\.[\w-]+|\[\d+\]|\[\*\]|\['[^']*'\]|\["[^"]*"\])*$/;

/** Whether a text is a path as {@link valueAt} reads it: `$.detail.items[0].name`, `$['detail-type']`, `$.resources[*]`. */
export function isJsonPath(path: string): boolean {
  return pathPattern.test(path);
}

/** What is at a path, or undefined. With `[*]` in it, an array of all that is. */
export function valueAt(value: unknown, path: string): unknown {
  let found = [value];
  for (const [, name, index, all, single, double] of path.matchAll(step)) {
    const key = name ?? index ?? single ?? double ?? '';
    found = found.flatMap((one) => (all ? (Array.isArray(one) ? one : []) : [member(one, key)]));
  }
  return path.includes('[*]') ? found.filter((one) => one !== undefined) : found[0];
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
    return undefined;
  }
  return (value as Record<string, unknown>)[key];
}
