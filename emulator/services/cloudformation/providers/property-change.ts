import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../provider.ts';

/** Whether one of these properties is another than before. */
export function isChanged(before: Properties, after: Properties, names: readonly string[]): boolean {
  return names.some((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** The properties that are there, of those named. */
export function pick(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.filter((name) => name in properties).map((name) => [name, properties[name]]));
}

/** Properties, and the default of each that a template no longer sets: an API keeps what it is not told of. */
export function withDefaults(before: Properties, after: Properties, defaults: Properties): Properties {
  const unset = Object.keys(defaults).filter((name) => name in before && !(name in after));
  return { ...pick(defaults, unset), ...after };
}
