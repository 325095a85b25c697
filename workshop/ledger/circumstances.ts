import { arch, release, type } from 'node:os';
import { type CommandOptions, runProgram } from '../../terminal/program.ts';
import type { Run } from './result.ts';

/** What the ledger itself writes makes no other project. */
const NotCounted = [':(exclude)docs/endpoints', ':(exclude)docs/endpoints.md'];

/** The circumstances of a run that begins now. */
export async function circumstances(options: CommandOptions, note: string | undefined): Promise<Run> {
  return {
    at: new Date().toISOString(),
    commit: await commit(options),
    node: process.version,
    system: `${type()} ${release()} ${arch()}`,
    ...(note !== undefined && { note }),
  };
}

async function commit(options: CommandOptions): Promise<string> {
  const { code, stdout } = await runProgram('git', ['rev-parse', '--short=10', 'HEAD'], options);
  if (code !== 0) {
    return 'not a repository';
  }
  const changed = await runProgram('git', ['status', '--porcelain', '--', '.', ...NotCounted], options);
  return `${stdout.trim()}${changed.stdout.trim() === '' ? '' : '+'}`;
}
