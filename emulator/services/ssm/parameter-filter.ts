import * as ssm from '@aws-sdk/client-ssm';
import type { Parameter } from './parameter.ts';

export type ParameterFilter = (parameter: Parameter) => boolean;

type Test = (found: string, wanted: string) => boolean;

const equals: Test = (found, wanted) => found === wanted;
const beginsWith: Test = (found, wanted) => found.startsWith(wanted);
const contains: Test = (found, wanted) => found.includes(wanted);
const options: ReadonlyMap<string, Test> = new Map([
  ['Equals', equals],
  ['BeginsWith', beginsWith],
  ['Contains', contains],
]);

/** What a filter looks at, by its key. */
const values: ReadonlyMap<string, (parameter: Parameter) => readonly (string | undefined)[]> = new Map([
  ['Name', ({ name }) => [name]],
  ['Type', ({ latest }) => [latest?.type]],
  ['KeyId', ({ latest }) => [latest?.keyId]],
  ['Tier', ({ latest }) => [latest?.tier]],
  ['DataType', ({ latest }) => [latest?.dataType]],
  ['Label', ({ versions }) => versions.flatMap(({ labels }) => [...labels])],
]);

/**
 * A filter of DescribeParameters or GetParametersByPath. All of several filters must match, and one of a filter's values.
 * @throws InvalidFilterKey, InvalidFilterOption, InvalidFilterValue
 */
export function parameterFilter(filter: ssm.ParameterStringFilter): ParameterFilter {
  const { Key = '', Option, Values = [] } = filter;
  if (Key === 'Path') {
    return pathFilter(Option ?? 'OneLevel', Values);
  }
  const valuesOf = Key.startsWith('tag:') ? tagValues(Key.slice('tag:'.length)) : values.get(Key);
  if (!valuesOf) {
    throw new ssm.InvalidFilterKey({ message: `The filter key ${Key} is not valid.`, $metadata: {} });
  }
  const test = options.get(Option ?? 'Equals');
  if (!test) {
    throw invalidOption(Key, Option);
  }
  const isTag = Key.startsWith('tag:');
  if (Values.length === 0 && !isTag) {
    throw invalidValue(`The filter ${Key} needs at least one value.`);
  }
  return (parameter) => {
    const found = valuesOf(parameter).filter((value) => value !== undefined);
    // A tag without values asks only whether there is one.
    if (Values.length === 0) {
      return found.length > 0;
    }
    return found.some((value) => Values.some((wanted) => test(value, wanted)));
  };
}

function tagValues(key: string) {
  return ({ tags }: Parameter) => [tags.get(key)];
}

function pathFilter(option: string, paths: readonly string[]): ParameterFilter {
  if (option !== 'OneLevel' && option !== 'Recursive') {
    throw invalidOption('Path', option);
  }
  for (const path of paths) {
    if (!path.startsWith('/')) {
      throw invalidValue(`The path ${path} must begin with a slash.`);
    }
  }
  return ({ name }) => paths.some((path) => isBelow(name, path, option === 'Recursive'));
}

/** Whether a parameter is in a hierarchy: directly below a path, or anywhere below it. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(folder) && (recursive || !name.slice(folder.length).includes('/'));
}

/** The older kind of filter: names by their beginning, everything else by equality. */
export function legacyFilter({ Key, Values }: ssm.ParametersFilter): ParameterFilter {
  return parameterFilter({ Key: Key ?? '', Option: Key === 'Name' ? 'BeginsWith' : 'Equals', Values: Values ?? [] });
}

function invalidOption(key: string, option: string | undefined): ssm.InvalidFilterOption {
  const message = `The following filter option is not valid: ${option} for the key ${key}.`;
  return new ssm.InvalidFilterOption({ message, $metadata: {} });
}

function invalidValue(message: string): ssm.InvalidFilterValue {
  return new ssm.InvalidFilterValue({ message, $metadata: {} });
}
