import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandEnded, runProgram, runScript } from '../../terminal/program.ts';
import type { Job, JobContext } from './job.ts';
import type { Reach } from './leftovers.ts';
import type { Findings } from './merge.ts';
import { oneLine, reasonOf } from './reason.ts';
import { doesNot } from './result.ts';

export interface JobsRun {
  readonly repository: string;
  readonly reach: Reach;
  /** Of the commands: it points them at the endpoint. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where each job's whole output goes. */
  readonly logs: string;
  readonly signal: AbortSignal;
  /** Called for each job: what begins, and what it found. */
  readonly onStart: (job: Job) => void;
  readonly onEnd: (job: Job, found: Findings, seconds: number) => void | Promise<void>;
}

/** Does jobs one after the other. @throws the reason of an abort; what was told by then stays true */
export async function runJobs(jobs: readonly Job[], options: JobsRun): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'ledger-'));
  let assembly: Promise<string> | undefined;
  const assembled = () => (assembly ??= synthesise(join(scratch, 'assembly'), options));
  await mkdir(options.logs, { recursive: true });
  try {
    for (const job of jobs) {
      options.signal.throwIfAborted();
      const began = performance.now();
      options.onStart(job);
      const found = await runJob(job, options, { scratch, assembly: assembled });
      await options.onEnd(job, found, (performance.now() - began) / 1000);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Makes the assembly as plain CDK does. @throws Error in the CLI's words */
async function synthesise(folder: string, { repository, environment, signal }: JobsRun): Promise<string> {
  const args = ['synth', '--quiet', '--output', folder];
  const ended = await runScript('cdk', args, { cwd: repository, env: environment, signal });
  if (ended.code !== 0) {
    throw new Error(reasonOf(ended));
  }
  return folder;
}

async function runJob(
  job: Job,
  { repository, reach, environment, logs, signal }: JobsRun,
  shared: Pick<JobContext, 'scratch' | 'assembly'>,
): Promise<Findings> {
  const said: string[] = [];
  const options = { cwd: repository, env: environment, signal };
  const log = async (command: string, running: Promise<CommandEnded>) => {
    const ended = await running;
    said.push(`$ ${command}\n${ended.stdout}\n${ended.stderr}\nexit code ${ended.code}\n`);
    return ended;
  };
  const npmIn: JobContext['npmIn'] = (folder, script, ...args) =>
    log(`npm run ${script} -- ${args.join(' ')}`, runScript(script, args, { ...options, cwd: folder }));
  const context: JobContext = {
    ...{ endpoint: reach.endpoint, repository, reach, signal },
    ...shared,
    ...{ npmIn, npm: (script, ...args) => npmIn(repository, script, ...args) },
    run: (program, ...args) => log(`${program} ${args.join(' ')}`, runProgram(program, args, options)),
  };
  try {
    return await job.run(context);
  } catch (error) {
    signal.throwIfAborted();
    const why = doesNot(oneLine(error instanceof Error ? error.message || error.name : String(error)));
    said.push(String(error instanceof Error ? error.stack : error));
    return Object.fromEntries(job.rows.map((row) => [row, why]));
  } finally {
    await writeFile(join(logs, `${job.name}.log`), said.join('\n'));
  }
}
