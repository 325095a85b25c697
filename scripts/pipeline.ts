import { join } from 'node:path';
import { styleText } from 'node:util';
import { InvalidArgumentError, Option } from 'commander';
import { assemble } from '../pipeline/assembly/assemble.ts';
import { isDeploy, snapshotOf } from '../pipeline/assembly/assembled-stack.ts';
import { author, commitOf } from '../pipeline/author.ts';
import { build } from '../pipeline/build.ts';
import { defaultChecks, runChecks } from '../pipeline/check.ts';
import { showHistory } from '../pipeline/history.ts';
import { hashSource } from '../pipeline/known-sources.ts';
import { type BuildEntry, buildsIn, openLedger } from '../pipeline/ledger.ts';
import { withLock } from '../pipeline/lock.ts';
import { release } from '../pipeline/release.ts';
import { type Ran, type RunOptions, rollBack, run } from '../pipeline/run.ts';
import { findTarget } from '../pipeline/target.ts';
import { showVersions } from '../pipeline/versions.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';

const repository = join(import.meta.dirname, '..');
const releases = join(repository, 'releases');
const ledger = openLedger(releases);

interface BuildFlags {
  readonly stage: string;
  readonly check?: string;
  readonly verbose?: boolean;
}

interface DeployFlags {
  readonly stage: string;
  readonly deploy: string;
  readonly aws?: boolean;
}

interface ReleaseFlags extends DeployFlags {
  readonly config?: Readonly<Record<string, string>>;
}

type Phase = (signal: AbortSignal) => Promise<void>;
let chosen: Phase | undefined;

const program = command(
  'pipeline',
  'Builds, releases and runs the factory in three separate steps, and keeps a ledger of them in releases/.',
  [
    'npm run pipeline -- build        source -> a tested, numbered artifact that never changes',
    'npm run pipeline -- release      artifact + config -> function versions that passed a smoke test',
    'npm run pipeline -- run          what runs points at the release',
    'npm run pipeline -- rollback     what runs points at the release before',
  ].join('\n  '),
);

phase('build', 'Checks, bundles and synthesises the source into an immutable, numbered artifact.', [
  'npm run pipeline -- build --stage Factor05',
  'npm run pipeline -- build --check "vitest run functions/ordering"',
])
  .addOption(stageOption())
  .option('--check <command>', `what the source must pass first (default: ${defaultChecks.join('; ')})`)
  .option('--verbose', 'show what the checks print, also where they pass')
  .action((flags: BuildFlags) => choose('build', (signal) => buildSource(flags, signal)));

deploying('release', 'Publishes an artifact with the config of a deploy, beside what runs, and smoke-tests it.', [
  'npm run pipeline -- release                 (the latest build of Factor12)',
  'npm run pipeline -- release 3 --deploy Dev',
])
  .argument('[build]', 'number of the build (default: the latest of the stage)', wholeNumber({ least: 1 }))
  .option('--config <name=value>', 'a parameter of the stack; may be repeated', collect)
  .action((number: number | undefined, flags: ReleaseFlags) =>
    choose('release', (signal) => releaseBuild(number, flags, signal)),
  );

deploying('run', 'Runs a release: points the live aliases at its versions.', [
  'npm run pipeline -- run                     (the latest release)',
  'npm run pipeline -- run 4',
])
  .argument('[release]', 'number of the release (default: the latest of the stack)', wholeNumber({ least: 1 }))
  .action((number: number | undefined, flags: DeployFlags) =>
    choose('run', async (signal) => tellRan(await run(number, await runOptions(flags, signal)))),
  );

deploying('rollback', 'Runs the release before the one that runs. Builds nothing.', [
  'npm run pipeline -- rollback',
]).action((flags: DeployFlags) =>
  choose('rollback', async (signal) => tellRan(await rollBack(await runOptions(flags, signal)))),
);

phase('history', 'Shows what was built, released and run.', ['npm run pipeline -- history']).action(() => {
  chosen = async () => console.log(showHistory(await ledger.read()));
});

await runCommand(program, async (signal) => {
  await chosen?.(signal);
  return 0;
});

function phase(name: string, description: string, examples: readonly string[]) {
  return program
    .command(name)
    .description(description)
    .addHelpText('after', `\nExample:\n  ${examples.join('\n  ')}`);
}

function deploying(name: string, description: string, examples: readonly string[]) {
  return phase(name, description, examples)
    .addOption(stageOption())
    .addOption(
      new Option('--deploy <name>', 'the deploy of the stage: Prod or Dev').default('Prod').argParser(parseDeploy),
    )
    .option('--aws', 'on AWS itself, with the credentials of your environment');
}

function stageOption(): Option {
  return new Option('--stage <stage>', 'Factor05 to Factor12').default('Factor12').argParser((stage) => {
    snapshotOf(stage);
    return stage;
  });
}

/** Phases write the ledger, so they take turns. */
function choose(name: string, work: Phase): void {
  chosen = (signal) => withLock(releases, name, () => work(signal));
}

async function buildSource({ stage, check, verbose = false }: BuildFlags, signal: AbortSignal): Promise<void> {
  const commit = await commitOf(repository);
  const checks = check === undefined ? defaultChecks : [check];
  const source = await hashSource(repository, [stage, ...checks]);
  const {
    build: built,
    folder,
    isNew,
  } = await build({
    ...{ releases, stage, source, by: author(), onProgress: step, ...(commit && { commit }) },
    check: () => checkSource(checks, verbose, signal),
    assemble: (folder) =>
      assemble({ repository, folder, snapshot: snapshotOf(stage), deploys: ['Dev', 'Prod'], signal }),
  });
  const what = isNew ? `Build ${built.number}` : `Build ${built.number}, which had this content already`;
  console.log(`${what}: ${folder}`);
  console.log(`Next: npm run pipeline -- release ${built.number}${flagsOf(stage)}`);
}

/** What checks print is of interest where they fail. */
async function checkSource(checks: readonly string[], isVerbose: boolean, signal: AbortSignal): Promise<void> {
  const printed: string[] = [];
  const keep = (line: string) => void printed.push(line);
  await runChecks(checks, { repository, signal, onLine: isVerbose ? detail : keep }).catch((error: unknown) => {
    printed.forEach(detail);
    throw error;
  });
}

async function releaseBuild(number: number | undefined, flags: ReleaseFlags, signal: AbortSignal): Promise<void> {
  const { stage, deploy, config: parameters = {} } = flags;
  const target = await findTarget(flags.aws === true);
  const {
    release: made,
    isNew,
    runs,
  } = await release({
    ...{ releases, build: await findBuild(number, stage), deploy, parameters, target, by: author(), signal },
    ...{ onProgress: step, onLine: detail },
  });
  const what = isNew ? `Release ${made.number}` : `Release ${made.number}, which was made before`;
  console.log(`${what}: build ${made.build} on ${made.stack}, as ${showVersions(made.versions)}`);
  console.log(runs ? 'It runs.' : `Next: npm run pipeline -- run ${made.number}${flagsOf(stage, deploy)}`);
}

async function findBuild(number: number | undefined, stage: string): Promise<BuildEntry> {
  const builds = buildsIn(await ledger.read());
  const found = builds.findLast((one) => (number === undefined ? one.stage === stage : one.number === number));
  if (!found) {
    const wanted = number === undefined ? `no build of ${stage} yet` : `no build ${number}`;
    throw new UserError(`There is ${wanted}. Make one: npm run pipeline -- build${flagsOf(stage)}`);
  }
  if (found.stage !== stage) {
    throw new UserError(`Build ${number} is one of ${found.stage}: add --stage ${found.stage}`);
  }
  return found;
}

async function runOptions({ stage, deploy, aws }: DeployFlags, signal: AbortSignal): Promise<RunOptions> {
  const target = await findTarget(aws === true);
  return { releases, stack: `${stage}-${deploy}`, target, by: author(), signal, onProgress: step };
}

function tellRan({ release: { number, stack, versions }, before }: Ran): void {
  const was = before ? `release ${before.number}` : 'what was no release of this ledger';
  const change = before?.number === number ? 'as it did before' : `after ${was}`;
  console.log(`Release ${number} runs on ${stack}, ${change}: ${showVersions(versions)}`);
}

function flagsOf(stage: string, deploy = 'Prod'): string {
  return `${stage === 'Factor12' ? '' : ` --stage ${stage}`}${deploy === 'Prod' ? '' : ` --deploy ${deploy}`}`;
}

function step(what: string): void {
  console.error(`${styleText('cyan', '>', { stream: process.stderr })} ${what}`);
}

function detail(line: string): void {
  if (line.trim() !== '') {
    console.error(styleText('dim', `  ${line}`, { stream: process.stderr }));
  }
}

function parseDeploy(name: string): string {
  if (!isDeploy(name)) {
    throw new InvalidArgumentError('The deploys are Prod and Dev.');
  }
  return name;
}

function collect(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Name=value is needed.');
  }
  return { ...before, [name]: value };
}
