import { createInterface } from 'node:readline';
import { ended, startLocalProcess } from './local-process.ts';

/** Runs the cleanup of the deployed factory as a process of its own, prints its report, and returns its exit code. */
export async function cleanUp(dryRun: boolean, signal: AbortSignal): Promise<number> {
  const child = await startLocalProcess({
    program: 'functions/cleanup/main.ts',
    args: dryRun ? ['--dry-run'] : [],
    output: 'CleanupFunction',
    reads: true,
  });
  const [last, code] = await Promise.all([lastLine(child.stdout), ended(child, signal)]);
  if (hasReport(code)) {
    console.log(JSON.stringify(JSON.parse(last), undefined, 2));
  } else if (last) {
    console.error(last);
  }
  return code;
}

/** Also a run that had to leave orders behind, which it says by 2, reports what it did. */
const hasReport = (code: number): boolean => code === 0 || code === 2;

/** The report is the last line that the task writes; those before it are its log. */
async function lastLine(output: NodeJS.ReadableStream | null): Promise<string> {
  let last = '';
  if (!output) {
    return last;
  }
  for await (const line of createInterface({ input: output })) {
    if (last) {
      console.error(last);
    }
    last = line;
  }
  return last;
}
