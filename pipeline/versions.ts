import { GetAliasCommand, type LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import type { StackDescription } from '../client/cloudformation/describe-stack.ts';
import { UserError } from '../terminal/command-line.ts';
import type { DeployedStack } from './deployed-stack.ts';

/** Versions of functions, by the construct id of each, such as `Ordering`. */
export type Versions = Readonly<Record<string, string>>;

/** The alias that runs. */
export const liveAlias = 'live';

/** The stack parameter that says which version of a function runs. */
export const parameterOf = (id: string): string => `${id}Version`;

/** Parameters of a stack that have it run certain versions. */
export const parametersFor = (versions: Versions): Record<string, string> =>
  Object.fromEntries(Object.entries(versions).map(([id, version]) => [parameterOf(id), version]));

/** What a function with releases is called, by its construct id: one that has a parameter for its version. */
export function releasedFunctions({ outputs, parameters }: StackDescription): Readonly<Record<string, string>> {
  const named = Object.entries(outputs).flatMap(([key, name]) => {
    const id = /^(.+)Function$/.exec(key)?.[1];
    return id !== undefined && Object.hasOwn(parameters, parameterOf(id)) ? [[id, name] as const] : [];
  });
  return Object.fromEntries(named);
}

/** The versions that run now. */
export async function liveVersions(stack: StackDescription, lambda: LambdaClient): Promise<Versions> {
  const live = Object.entries(releasedFunctions(stack)).map(async ([id, name]) => {
    const alias = await lambda.send(new GetAliasCommand({ FunctionName: name, Name: liveAlias }));
    return [id, alias.FunctionVersion ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(live));
}

/**
 * Points what runs at versions where an update of the stack did not, and gives the ids of those functions: not every endpoint's
 * CloudFormation moves an alias, though it says that it did (LocalStack 4.14).
 */
export async function pointAliases(
  stack: StackDescription,
  versions: Versions,
  lambda: LambdaClient,
): Promise<string[]> {
  const live = await liveVersions(stack, lambda);
  const names = releasedFunctions(stack);
  const left = Object.entries(versions).filter(([id, version]) => live[id] !== version);
  for (const [id, FunctionVersion] of left) {
    await lambda.send(new UpdateAliasCommand({ FunctionName: names[id], Name: liveAlias, FunctionVersion }));
  }
  return left.map(([id]) => id);
}

/** The versions that the last deploy published. */
export function publishedVersions(stack: DeployedStack): Versions {
  const numbers = new Map(stack.versions.map(functionAndVersion));
  const published = Object.entries(releasedFunctions(stack)).map(([id, name]) => {
    const version = numbers.get(name);
    if (!version) {
      throw new UserError(`The stack ${stack.name} has published no version of ${id}.`);
    }
    return [id, version] as const;
  });
  return Object.fromEntries(published);
}

/** `arn:aws:lambda:eu-west-1:000000000000:function:ordering:2` is version 2 of `ordering`. */
function functionAndVersion(arn: string): readonly [name: string, version: string] {
  const [name = '', version = ''] = arn.split(':').slice(-2);
  return [name, version];
}

/** Whether these versions are the ones that run. */
export const areLive = (versions: Versions, live: Versions): boolean =>
  Object.entries(versions).every(([id, version]) => live[id] === version);

/** `Baking 2, Ordering 3` */
export function showVersions(versions: Versions): string {
  const sorted = Object.entries(versions).sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([id, version]) => `${id} ${version}`).join(', ');
}
