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
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/** What a cleanup says that it did. */
export interface Report {
  readonly release?: string;
  readonly removed: { readonly baked: number; readonly expired: number };
}

/** Seconds that a process has which cleans up a few orders. One that does not end by then never will. */
const endsWithin = 20;

/**
 * Runs the cleanup of the deployed release once, as a process of its own, and waits for its end.
 * @param variables - What it finds otherwise in its environment. @default - nothing
 */
export async function runOneOff(
  snapshot: SnapshotUnderTest,
  lambda: LambdaClient,
  variables: Readonly<Record<string, string>> = {},
): Promise<OneOff> {
  const { CleanupFunction = '' } = snapshot.outputs();
  const { NODE_COMPILE_CACHE } = process.env;
  const deployed = await deployedEnvironment(CleanupFunction, lambda, snapshot.clients);
  const env = { ...deployed, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }), ...variables };
  const program = join(snapshot.repository, 'functions', 'cleanup', 'main.ts');
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const late = AbortSignal.timeout(endsWithin * 1000);
  const limit = AbortSignal.any([snapshot.signal, late]);
  // One that listens to SIGTERM may be in an endless loop all the same.
  const kill = () => child.kill('SIGKILL');
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    endOf(child, limit, kill),
  ]);
  snapshot.signal.throwIfAborted();
  if (late.aborted) {
    throw new Error(`functions/cleanup/main.ts was still running after ${endsWithin} s, and was ended.`);
  }
  const report = exitCode === 0 ? reportOf(stdout) : undefined;
  return {
    exitCode,
    isGone: !isRunning(child.pid),
    release: report?.release,
    removed: report ? totalOf(report) : 0,
    stderr,
  };
}

/** The orders that a cleanup removed, by what it wrote. */
export function removedBy(stdout: string): number {
  const report = reportOf(stdout);
  return report ? totalOf(report) : 0;
}

/** The report is the last line; those before it are the log. Undefined where the last line is none. */
function reportOf(stdout: string): Report | undefined {
  try {
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Partial<Report> | null;
    return report?.removed ? { ...report, removed: report.removed } : undefined;
  } catch {
    return undefined;
  }
}

/** The orders that a cleanup removed. */
export const totalOf = ({ removed }: Report): number => removed.baked + removed.expired;

function isRunning(processId: number | undefined): boolean {
  try {
    return processId !== undefined && process.kill(processId, 0);
  } catch {
    return false;
  }
}
