import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { runCdk } from '../client/cdk/cdk-cli.ts';
import { configuredVariables } from '../client/factory/function-environment.ts';
import { UserError } from '../terminal/command-line.ts';
import { type AssembledStack, assembledStack } from './assembled-stack.ts';
import { findBuild } from './build-store.ts';
import { type DeployedStack, readStack } from './deployed-stack.ts';
import { type BuildEntry, nextNumber, openLedger, type ReleaseEntry, releasesIn, runOf, runsIn } from './ledger.ts';
import { releaseFromLocalAccount } from './release-from-local-account.ts';
import { type SmokeTest, smokeTests, testVersion } from './smoke-test.ts';
import type { Target } from './target.ts';
import {
  areLive,
  liveVersions,
  parameterOf,
  parametersFor,
  publishedVersions,
  releasedFunctions,
  type Versions,
} from './versions.ts';

export interface ReleaseOptions {
  /** Folder of the builds and the ledger. */
  readonly releases: string;
  readonly build: BuildEntry;
  /** The deploy that the release is for: `Dev` or `Prod`. */
  readonly deploy: string;
  /** Config of the deploy: values of stack parameters. Those that are not named stay as they are. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly target: Target;
  /** By the construct ids of the functions. @default - those of the factory */
  readonly smokeTests?: Readonly<Record<string, SmokeTest>>;
  readonly by: string;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string) => void;
  /** Is given each line that the CDK CLI prints. */
  readonly onLine: (line: string) => void;
}

export interface Released {
  readonly release: ReleaseEntry;
  /** Whether this is another release than any before. */
  readonly isNew: boolean;
  /** Whether it runs already: a stack that is new has nothing else to run. */
  readonly runs: boolean;
}

interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

/**
 * Combines a build with the config of a deploy: publishes its functions as versions that are kept, beside those that run,
 * and tries each. Only a release whose functions all pass gets a number. What runs goes on running, whatever happens.
 *
 * @throws UserError where the deploy or a smoke test fails
 */
export async function release(options: ReleaseOptions): Promise<Released> {
  const { target } = options;
  const clients = {
    cloudFormation: new CloudFormationClient(target.clients),
    // What runs may take all the concurrency that there is, for a moment.
    lambda: new LambdaClient({ ...target.clients, maxAttempts: 8 }),
  };
  try {
    return await releaseWith(clients, options);
  } finally {
    clients.cloudFormation.destroy();
    clients.lambda.destroy();
  }
}

async function releaseWith(clients: Clients, options: ReleaseOptions): Promise<Released> {
  const { build, deploy, releases, onProgress, signal } = options;
  const folder = await findBuild(build, releases);
  const assembled = assembledStack(join(folder, 'assembly'), build.stage, deploy);
  const running = await readStack(assembled.name, clients.cloudFormation, signal);
  const live = running ? await liveVersions(running, clients.lambda) : {};
  onProgress(`deploying build ${build.number} to ${assembled.name}, beside what runs`);
  await deployBeside(live, folder, assembled, options);
  const stack = await readStack(assembled.name, clients.cloudFormation, signal);
  if (!stack) {
    throw new UserError(`${options.target.name} does not know ${assembled.name}, which was just deployed.`);
  }
  const versions = publishedVersions(stack);
  onProgress('smoke-testing the new versions');
  const environment = await testVersions(versions, stack, clients.lambda, options);
  const runs = areLive(versions, await liveVersions(stack, clients.lambda));
  const { release, isNew } = await record(versions, environment, stack, options);
  if (runs) {
    await noteFirstRun(release, options);
  }
  return { release, isNew, runs };
}

/** Deploys with the CDK CLI, with parameters that hold what runs in its place. */
async function deployBeside(
  live: Versions,
  folder: string,
  { name, selector, parameters: known }: AssembledStack,
  { target, parameters = {}, signal, onLine }: ReleaseOptions,
): Promise<void> {
  const held = Object.entries(parametersFor(live)).filter(([key]) => known.includes(key));
  const unknown = Object.keys(parameters).filter((key) => !known.includes(key) || isVersionOf(key, live));
  if (unknown.length > 0) {
    throw new UserError(`${name} has no parameter for config called ${unknown.join(', ')}.`);
  }
  // The CDK CLI leaves its locks and zipped assets in the folder that it deploys from.
  const copy = await mkdtemp(join(tmpdir(), 'release-'));
  try {
    await cp(join(folder, 'assembly'), copy, { recursive: true });
    if (target.isAws) {
      await releaseFromLocalAccount(copy);
    }
    const given = [...held, ...Object.entries(parameters)];
    const code = await runCdk(
      [
        ...['deploy', selector, '--app', copy, '--exclusively', '--require-approval', 'never'],
        // Or the CLI would run the build command of cdk.json, though all is built.
        ...['--build', ''],
        ...given.flatMap(([key, value]) => ['--parameters', `${name}:${key}=${value}`]),
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

async function testVersions(
  versions: Versions,
  stack: DeployedStack,
  lambda: LambdaClient,
  options: ReleaseOptions,
): Promise<Record<string, Readonly<Record<string, string>>>> {
  const names = releasedFunctions(stack);
  const tests = options.smokeTests ?? smokeTests;
  const environments = Object.entries(versions).map(async ([id, version]) => {
    const test = tests[id];
    if (!test) {
      throw new UserError(`${id} has no smoke test. Add one in pipeline/smoke-test.ts.`);
    }
    const functionName = names[id] ?? '';
    await testVersion({ id, functionName, version }, test, lambda, options.signal);
    return [id, await configuredVariables(functionName, lambda, version)] as const;
  });
  return Object.fromEntries(await Promise.all(environments));
}

async function record(
  versions: Versions,
  environment: Record<string, Readonly<Record<string, string>>>,
  stack: DeployedStack,
  { releases, build, parameters = {}, by }: ReleaseOptions,
): Promise<Pick<Released, 'release' | 'isNew'>> {
  const ledger = openLedger(releases);
  const before = releasesIn(await ledger.read());
  const last = before.findLast(({ stackId }) => stackId === stack.id);
  const content = { build: build.number, versions, config: { parameters: { ...parameters }, environment } };
  if (last && isDeepStrictEqual(content, contentOf(last))) {
    return { release: last, isNew: false };
  }
  const entry: ReleaseEntry = {
    what: 'release',
    number: nextNumber(before.map(({ number }) => number)),
    stage: build.stage,
    stack: stack.name,
    stackId: stack.id,
    at: new Date().toISOString(),
    by,
    ...content,
  };
  await ledger.append(entry);
  return { release: entry, isNew: true };
}

/** Notes that the first release of a stack runs already. */
async function noteFirstRun(release: ReleaseEntry, { releases, by }: ReleaseOptions): Promise<void> {
  const ledger = openLedger(releases);
  const ran = runsIn(await ledger.read()).some(({ stackId }) => stackId === release.stackId);
  if (!ran) {
    await ledger.append(runOf(release, 'run', by));
  }
}

const contentOf = ({ build, versions, config }: ReleaseEntry) => ({ build, versions, config });
