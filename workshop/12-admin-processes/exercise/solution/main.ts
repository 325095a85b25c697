import { cleanUp } from '../../../../functions/cleanup/clean-up.ts';
import { cleanUpDependencies } from '../../../../functions/cleanup/wiring.ts';
import { createTelemetry } from '../../../../functions/runtime/telemetry.ts';

/** Cleanup as a one-off process: cleans up once, writes its report, and ends with 0, 1 or 2. */
async function main(args: readonly string[]): Promise<number> {
  let isStopped = false;
  process.once('SIGTERM', () => {
    isStopped = true;
  });
  try {
    const { journal } = createTelemetry();
    const dependencies = cleanUpDependencies(process.env, journal);
    const timeLimit = { getRemainingTimeInMillis: () => (isStopped ? 0 : Number.POSITIVE_INFINITY) };
    const report = await cleanUp({ dryRun: args.includes('--dry-run') }, dependencies, timeLimit);
    console.log(JSON.stringify(report));
    return report.unreadable + report.failed > 0 ? 2 : 0;
  } catch (error) {
    console.error(`Cleanup failed: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
