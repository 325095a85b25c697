import { parseArgs } from 'node:util';
import { oneLine } from '../runtime/one-line.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { cleanUp } from './clean-up.ts';
import { hireCrew } from './wiring.ts';

/**
 * Cleanup as a process of its own, outside of Lambda: `node functions/cleanup/main.ts [--dry-run]`, with the environment of
 * the function. It cleans up once and exits with 0; the last line on stdout is its report, the lines before it are what
 * happened. It takes the time it needs; on SIGTERM, SIGINT or SIGHUP it stops in good order, and the report says so. A run
 * that fails exits with 1 and says why in one line on stderr.
 */
try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  const { journal, metrics } = createTelemetry();
  const crew = hireCrew(process.env, journal);
  let isStopped = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      isStopped = true;
    });
  }
  const timeLimit = { getRemainingTimeInMillis: () => (isStopped ? 0 : Number.POSITIVE_INFINITY) };
  const report = await cleanUp({ dryRun: values['dry-run'] }, crew, timeLimit);
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
  console.log(JSON.stringify(report));
} catch (error) {
  console.error(`Cleanup failed: ${oneLine(error)}`);
  process.exitCode = 1;
}
