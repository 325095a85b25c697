import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { deployedEnvironment } from '../../client/factory/function-environment.ts';
import { endOf } from '../../terminal/child.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** What is left of a process that cleaned up once. */
export interface OneOff {
  readonly exitCode: number;
  /** Whether the process is gone. */
  readonly isGone: boolean;
  readonly release: string | undefined;
  readonly removed: number;
}

interface Report {
  readonly release?: string;
  readonly removed: { readonly baked: number; readonly expired: number };
}

/** Runs the cleanup of the deployed release once, as a process of its own, and waits for its end. */
export async function runOneOff(snapshot: SnapshotUnderTest, lambda: LambdaClient): Promise<OneOff> {
  const { CleanupFunction = '' } = snapshot.outputs();
  const env = await deployedEnvironment(CleanupFunction, lambda, snapshot.clients);
  const program = join(snapshot.repository, 'functions', 'cleanup', 'main.ts');
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const [stdout, exitCode] = await Promise.all([text(child.stdout), endOf(child, snapshot.signal)]);
  snapshot.signal.throwIfAborted();
  const report = exitCode === 0 ? reportOf(stdout) : undefined;
  return {
    exitCode,
    isGone: !isRunning(child.pid),
    release: report?.release,
    removed: report ? totalOf(report) : 0,
  };
}

/** The orders that a cleanup removed, by what it wrote. */
export const removedBy = (stdout: string): number => totalOf(reportOf(stdout));

/** The report is the last line; those before it are the log. */
const reportOf = (stdout: string): Report => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Report;

const totalOf = ({ removed }: Report): number => removed.baked + removed.expired;

function isRunning(processId: number | undefined): boolean {
  try {
    return processId !== undefined && process.kill(processId, 0);
  } catch {
    return false;
  }
}
