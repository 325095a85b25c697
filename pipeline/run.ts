import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { UserError } from '../terminal/command-line.ts';
import { type DeployedStack, readStack, updateStack } from './deployed-stack.ts';
import { type LedgerEntry, openLedger, type ReleaseEntry, releasesIn, runOf, runsIn } from './ledger.ts';
import type { Target } from './target.ts';
import { areLive, liveVersions, parametersFor, pointAliases, releasedFunctions, type Versions } from './versions.ts';

export interface RunOptions {
  /** Folder of the builds and the ledger. */
  readonly releases: string;
  /** The stack whose releases are meant: `Factor12-Prod`. */
  readonly stack: string;
  readonly target: Target;
  readonly by: string;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string) => void;
}

/** What runs now, and what ran before it. */
export interface Ran {
  readonly release: ReleaseEntry;
  /** The release that ran before; undefined where it was none of this ledger. */
  readonly before: ReleaseEntry | undefined;
}

/** Runs a release: points what runs at its versions. Nothing is built, published or copied for it. */
export async function run(number: number | undefined, options: RunOptions): Promise<Ran> {
  return await withStack(options, async (moment) => {
    const chosen = moment.releases.findLast((release) => number === undefined || release.number === number);
    if (!chosen) {
      throw new UserError(await whyNot(number, moment, options));
    }
    return await move(chosen, 'run', moment, options);
  });
}

/** Runs the release that ran before the one that runs. Needs no build and no artifact. */
export async function rollBack(options: RunOptions): Promise<Ran> {
  return await withStack(options, async (moment) => {
    const { current, stack } = moment;
    if (!current) {
      throw new UserError(`What runs in ${stack.name} is no release of this ledger: nothing is before it.`);
    }
    const before = releaseBefore(current, moment.releases, moment.entries);
    if (!before) {
      throw new UserError(`No release ran in ${stack.name} before release ${current.number}.`);
    }
    return await move(before, 'rollback', moment, options);
  });
}

/**
 * What ran before a release that runs. A user who rolled back from a release will not come back to it by rolling back
 * again: a run adds to what ran, and a rollback takes away from it.
 */
export function releaseBefore(
  current: ReleaseEntry,
  releases: readonly ReleaseEntry[],
  entries: readonly LedgerEntry[],
): ReleaseEntry | undefined {
  const ran: number[] = [];
  for (const { what, release, stackId } of runsIn(entries)) {
    if (stackId !== current.stackId) {
      continue;
    }
    const backTo = what === 'rollback' ? ran.lastIndexOf(release) : -1;
    ran.splice(backTo === -1 ? ran.length : backTo);
    ran.push(release);
  }
  const now = ran.lastIndexOf(current.number);
  const before = ran[now === -1 ? ran.length - 1 : now - 1];
  return releases.find(({ number }) => number === before);
}

/** A stack and its releases at one moment. */
interface Moment {
  readonly stack: DeployedStack;
  readonly live: Versions;
  readonly entries: readonly LedgerEntry[];
  /** The releases of the stack, oldest first. */
  readonly releases: readonly ReleaseEntry[];
  readonly current: ReleaseEntry | undefined;
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

async function withStack(options: RunOptions, work: (moment: Moment) => Promise<Ran>): Promise<Ran> {
  const cloudFormation = new CloudFormationClient(options.target.clients);
  const lambda = new LambdaClient(options.target.clients);
  try {
    const stack = await readStack(options.stack, cloudFormation, options.signal);
    if (!stack) {
      throw new UserError(`There is no ${options.stack} at ${options.target.name}. Make a release of it first.`);
    }
    const live = await liveVersions(stack, lambda);
    const entries = await openLedger(options.releases).read();
    const releases = releasesIn(entries).filter(({ stackId }) => stackId === stack.id);
    const current = currentRelease(live, releases, entries);
    return await work({ stack, live, entries, releases, current, cloudFormation, lambda });
  } finally {
    cloudFormation.destroy();
    lambda.destroy();
  }
}

/** The release whose versions run: of several with the same versions, the one that was run last. */
function currentRelease(
  live: Versions,
  releases: readonly ReleaseEntry[],
  entries: readonly LedgerEntry[],
): ReleaseEntry | undefined {
  const matching = releases.filter(({ versions }) => areLive(versions, live));
  const last = runsIn(entries).findLast(({ release }) => matching.some(({ number }) => number === release));
  return matching.find(({ number }) => number === last?.release) ?? matching.at(-1);
}

async function move(
  release: ReleaseEntry,
  what: 'run' | 'rollback',
  { stack, current, cloudFormation, lambda }: Moment,
  { releases, by, signal, onProgress }: RunOptions,
): Promise<Ran> {
  const there = releasedFunctions(stack);
  const gone = Object.keys(release.versions).filter((id) => !Object.hasOwn(there, id));
  if (gone.length > 0) {
    throw new UserError(`Release ${release.number} cannot run: ${stack.name} has no ${gone.join(', ')} any more.`);
  }
  onProgress(`pointing ${stack.name} at release ${release.number}`);
  await updateStack(stack, { parameters: parametersFor(release.versions) }, cloudFormation, signal);
  const left = await pointAliases(stack, release.versions, lambda);
  if (left.length > 0) {
    onProgress(`the update left ${left.join(', ')} where it was: pointed by Lambda instead`);
  }
  if (current?.number !== release.number) {
    await openLedger(releases).append(runOf(release, what, by));
  }
  return { release, before: current };
}

async function whyNot(number: number | undefined, { stack, entries }: Moment, { target }: RunOptions): Promise<string> {
  if (number === undefined) {
    return `${stack.name} at ${target.name} has no release yet. Make one: release`;
  }
  const release = releasesIn(entries).find((one) => one.number === number);
  if (!release) {
    return `There is no release ${number}.`;
  }
  if (release.stack !== stack.name) {
    return `Release ${number} is one of ${release.stack}, and not of ${stack.name}.`;
  }
  return `Release ${number} was made for a ${stack.name} that is gone. Release its build again: release ${release.build}`;
}
