import { parseArgs } from 'node:util';
import { oneLine } from '../runtime/one-line.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { cleanUp } from './clean-up.ts';
import { cleanUpDependencies } from './wiring.ts';

/**
 * Cleanup as a process of its own, outside of Lambda: `node functions/cleanup/main.ts [--dry-run]`, with the environment of
 * the function. It cleans up once and exits with 0; the last line on stdout is its report, the lines before it are what
 * happened. It takes the time it needs; on SIGTERM, SIGINT or SIGHUP it stops in good order, and the report says so. A run
 * that fails exits with 1 and says why in one line on stderr. One that had to leave orders behind, unreadable ones or such
 * as it failed with, has done all the rest, reports it, says so on stderr and exits with 2.
 */
try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  const { journal, metrics } = createTelemetry();
  const dependencies = cleanUpDependencies(process.env, journal);
  let isStopped = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      isStopped = true;
    });
  }
  const timeLimit = { getRemainingTimeInMillis: () => (isStopped ? 0 : Number.POSITIVE_INFINITY) };
  const report = await cleanUp({ dryRun: values['dry-run'] }, dependencies, timeLimit);
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
  console.log(JSON.stringify(report));
  const { unreadable, failed } = report;
  if (unreadable + failed > 0) {
    console.error(`Cleanup left orders behind: ${unreadable} unreadable, ${failed} failed. The log names them.`);
    process.exitCode = 2;
  }
} catch (error) {
  console.error(`Cleanup failed: ${oneLine(error)}`);
  process.exitCode = 1;
}
