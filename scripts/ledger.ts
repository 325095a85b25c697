import { join } from 'node:path';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { checkIsThere, type Endpoint, servingEndpoint, startEmbedded } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { runScript } from '../terminal/program.ts';
import { circumstances } from '../workshop/ledger/circumstances.ts';
import type { Job } from '../workshop/ledger/job.ts';
import { groupNames, jobNames, jobsNamed } from '../workshop/ledger/jobs/all-jobs.ts';
import { stacksAt } from '../workshop/ledger/leftovers.ts';
import { type Findings, merge } from '../workshop/ledger/merge.ts';
import { type Run, tally } from '../workshop/ledger/result.ts';
import { readResult, resultsIn, writePage, writeResult } from '../workshop/ledger/results-folder.ts';
import { runJobs } from '../workshop/ledger/run-jobs.ts';

interface Options {
  readonly endpoint?: string;
  readonly name?: string;
  readonly note?: string;
  readonly only: readonly string[];
  readonly docs: string;
  readonly page?: boolean;
}

const repository = join(import.meta.dirname, '..');

const program = command(
  'ledger',
  [
    'Tries on an endpoint what the project promises, by the commands that a person types, and writes the results',
    'to a file in docs/endpoints/, and to a column of docs/endpoints.md. It takes minutes. What it deploys it destroys.',
    'Its exit code is 0 if everything was tried, also if something failed.',
  ].join('\n'),
  [
    'npm run ledger',
    'npm run ledger -- --endpoint http://127.0.0.1:4566 --note "the image of the compose file"',
    'npm run ledger -- --endpoint http://127.0.0.1:4566 --only proofs Factor12',
  ].join('\n  '),
)
  .option('--endpoint <url>', 'the endpoint to try (default: of AWS_ENDPOINT_URL, or else an embedded AWS of its own)')
  .option('--name <name>', 'what the file in docs/endpoints/ is called (default: as the endpoint calls itself)')
  .option('--note <text>', 'what was substituted in the endpoint, or set for it: it goes into the ledger')
  .option(
    '--only <names...>',
    `only some, and keep what is known of the others: ${groupNames.join(', ')}, or one such as Factor05 or proof-3`,
    [],
  )
  .option('--docs <folder>', 'where the results go', join(repository, 'docs'))
  .option('--page', 'run nothing: write docs/endpoints.md anew from the results that there are');

await runCommand(program, async (signal) => {
  const options = program.opts<Options>();
  const place = resultsIn(options.docs);
  const jobs = jobsToRun(options.only);
  const name = nameFor(options.name);
  if (options.page) {
    await writePage(place);
    return 0;
  }
  const url = options.endpoint ?? (process.env['AWS_ENDPOINT_URL'] || undefined);
  const endpoint = url === undefined ? await ownEndpoint() : await servingEndpoint(url);
  try {
    console.log(`Endpoint: ${endpoint.kind} at ${endpoint.url}`);
    await tryAll(endpoint, jobs, { ...options, ...(name !== undefined && { name }) }, signal);
  } finally {
    await endpoint.close();
  }
  console.log(`\nThe ledger: ${place.page}`);
  return 0;
});

async function tryAll(endpoint: Endpoint, jobs: readonly Job[], options: Options, signal: AbortSignal): Promise<void> {
  const reach = clientConfiguration(endpoint.url);
  const stacks = await stacksAt(reach);
  if (stacks.length > 0) {
    throw new UserError(
      `${stacks.join(', ')} would be destroyed. Do that yourself, if you mean it: npm run cdk -- destroy '*/*'`,
    );
  }
  const environment = { ...environmentFor(endpoint.url), CI: 'true', NO_COLOR: '1' };
  const run = await circumstances({ cwd: repository, env: environment, signal }, options.note);
  const name = options.name ?? slug(endpoint.kind);
  try {
    await runJobs(jobs, {
      ...{ repository, reach, environment, signal },
      logs: join(repository, 'reports', 'ledger', name),
      onStart: (job) => console.log(`[${jobs.indexOf(job) + 1}/${jobs.length}] ${job.name}`),
      onEnd: async (job, found, seconds) => {
        // What an endpoint that is gone did not do is not to be held against it.
        await checkIsThere(endpoint.url);
        show(job, found, seconds);
        await note(options.docs, name, endpoint.kind, run, found);
      },
    });
  } finally {
    if (!endpoint.startedHere) {
      await removeWhatIsLeft(endpoint.url, environment);
    }
  }
}

async function note(docs: string, name: string, kind: string, run: Run, found: Findings): Promise<void> {
  const place = resultsIn(docs);
  await writeResult(place, name, merge(await readResult(place, name), kind, run, found));
}

/** Also after an interruption, so by a signal of its own: another Ctrl-C ends the command at once. */
async function removeWhatIsLeft(url: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const isThere = await checkIsThere(url).then(
    () => true,
    () => false,
  );
  if (!isThere || (await stacksAt(clientConfiguration(url))).length === 0) {
    return;
  }
  console.log('Destroying what was deployed.');
  const options = { cwd: repository, env: environment, signal: new AbortController().signal };
  const { code, stderr } = await runScript('cdk', ['destroy', '--force', '*/*'], options);
  if (code !== 0) {
    console.error(`It was not destroyed:\n${stderr.trim()}`);
  }
}

async function ownEndpoint(): Promise<Endpoint> {
  const emulator = await startEmbedded({ port: 0 });
  return { url: emulator.url, kind: 'the embedded AWS', startedHere: true, close: () => emulator.close() };
}

function show({ name }: Job, found: Findings, seconds: number): void {
  console.log(`  ${name}: ${tally(Object.values(found))} in ${seconds.toFixed(1)} s`);
  for (const [row, { outcome, reason }] of Object.entries(found)) {
    if (reason !== undefined) {
      console.log(`    ${row}: ${outcome}: ${reason}`);
    }
  }
}

function jobsToRun(names: readonly string[]): readonly Job[] {
  const unknown = names.find((name) => !jobNames.includes(name));
  if (unknown === undefined) {
    return jobsNamed(names);
  }
  throw new UserError(`There is nothing called "${unknown}" to try. There are: ${jobNames.join(', ')}.`);
}

function nameFor(name: string | undefined): string | undefined {
  if (name === undefined || /^[\w][\w.-]*$/.test(name)) {
    return name;
  }
  throw new UserError(`"${name}" cannot be the name of a file. Letters, digits, dots and hyphens can.`);
}

/** `localstack-4.14.0` of `LocalStack 4.14.0`. */
function slug(kind: string): string {
  return kind
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^a-z0-9.]+/g, '-');
}
