import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCdk, unattended } from '../client/cdk/cdk-cli.ts';
import { UserError } from '../terminal/command-line.ts';
import type { AssembledStack } from './assembly/assembled-stack.ts';
import { deployDirectly } from './deploy-directly.ts';
import { releaseFromLocalAccount } from './release-from-local-account.ts';
import type { ReleaseOptions } from './release-options.ts';
import { parameterOf, parametersFor, type Versions } from './versions.ts';

/**
 * Deploys the stack of a build, with parameters that hold in its place what runs.
 *
 * @param live - The versions that run, and are to go on running. Functions that are not in it run what is deployed.
 * @param folder - The folder of the build.
 * @throws UserError where it cannot be deployed
 */
export async function deployBeside(
  live: Versions,
  folder: string,
  stack: AssembledStack,
  options: ReleaseOptions,
): Promise<void> {
  const { name, parameters: known } = stack;
  const { target, parameters = {}, signal } = options;
  const held = Object.entries(parametersFor(live)).filter(([key]) => known.includes(key));
  const unknown = Object.keys(parameters).filter((key) => !known.includes(key) || isVersionOf(key, live));
  if (unknown.length > 0) {
    throw new UserError(`${name} has no parameter for config called ${unknown.join(', ')}.`);
  }
  const given = { ...Object.fromEntries(held), ...parameters };
  await (target.isDirect
    ? deployDirectly([stack], { endpoint: target.name, parameters: given, signal })
    : deployWithCdk(stack, folder, given, options));
}

async function deployWithCdk(
  { name, selector }: AssembledStack,
  folder: string,
  parameters: Readonly<Record<string, string>>,
  { target, signal, onLine }: ReleaseOptions,
): Promise<void> {
  // The CDK CLI leaves its locks and zipped assets in the folder that it deploys from.
  const copy = await mkdtemp(join(tmpdir(), 'release-'));
  try {
    await cp(join(folder, 'assembly'), copy, { recursive: true });
    if (target.isAws) {
      await releaseFromLocalAccount(copy);
    }
    const code = await runCdk(
      [
        ...['deploy', selector, '--app', copy, '--exclusively', ...unattended],
        // Or the CLI would run the build command of cdk.json, though all is built.
        ...['--build', ''],
        ...Object.entries(parameters).flatMap(([key, value]) => ['--parameters', `${name}:${key}=${value}`]),
      ],
      { environment: { ...target.environment, CI: 'true', NO_COLOR: '1' }, signal, onLine },
    );
    signal.throwIfAborted();
    if (code !== 0) {
      throw new UserError(`${name} could not be deployed. The last lines of the CDK CLI say why.`);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

const isVersionOf = (key: string, live: Versions): boolean => Object.keys(live).some((id) => parameterOf(id) === key);
