import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { text } from 'node:stream/consumers';
import { endOf } from '../../terminal/child.ts';
import { writeConfig } from './handout.ts';
import { myFolder } from './my-folder.ts';
import { mine } from './progress.ts';

/** What is wrong with an attendee's code, before anything is deployed: `file:line:column: what`. */
export type Problem = string;

/**
 * What the compiler says of an attendee's folder, of its files alone.
 *
 * `aws-cdk-lib` by its bare name declares each service of AWS, which is most of what there is to read. So it is read without
 * them first. Code that uses one through that name gets a wrong error; then everything is read.
 */
export async function typeProblems(factor: number, repository: string, signal: AbortSignal): Promise<Problem[]> {
  await writeConfig(factor, repository);
  const found = await compile(await quickConfig(factor, repository), { factor, repository, signal });
  const isSure = !found.some((problem) => problem.includes('aws-cdk-lib'));
  return isSure || signal.aborted ? found : await compile(myFolder(factor), { factor, repository, signal });
}

/** Writes the configuration of the folder with less to read, and returns where it is. */
async function quickConfig(factor: number, repository: string): Promise<string> {
  const folder = myFolder(factor);
  const file = posix.join(mine, '.checked', `${basename(folder)}.json`);
  const paths = {
    'aws-cdk-lib': ['../../node_modules/aws-cdk-lib/core/index.d.ts'],
    // The client starts it, and with it come all services that it serves. No exercise is about it.
    'embedded-aws': ['./nothing.d.ts'],
  };
  const configuration = { extends: `../${basename(folder)}/tsconfig.json`, compilerOptions: { paths } };
  await mkdir(join(repository, mine, '.checked'), { recursive: true });
  await writeFile(join(repository, mine, '.checked', 'nothing.d.ts'), 'export {};\n');
  await writeFile(join(repository, file), JSON.stringify(configuration));
  return file;
}

interface Folder {
  readonly factor: number;
  readonly repository: string;
  readonly signal: AbortSignal;
}

async function compile(project: string, { factor, repository, signal }: Folder): Promise<Problem[]> {
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  // Each thread more reads the declarations of the libraries for itself, and they are most of what there is to read.
  const child = spawn(process.execPath, [compiler, '-p', project, '--pretty', 'false', '--singleThreaded'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await Promise.all([text(child.stdout), endOf(child, signal)]);
  return printed
    .split('\n')
    .map((line) => /^(.+)\((\d+),(\d+)\): error \w+: (.*)$/.exec(line))
    .filter((match) => match !== null && posix.normalize(match[1] ?? '').startsWith(`${myFolder(factor)}/`))
    .map((match) => `${match?.[1]}:${match?.[2]}:${match?.[3]}: ${match?.[4]}`);
}
