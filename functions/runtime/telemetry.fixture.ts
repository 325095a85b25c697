import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { createJournal } from './journal.ts';
import type { Telemetry } from './telemetry.ts';

/** One line that a function wrote to stdout. */
export type Line = Readonly<Record<string, unknown>>;

/** Telemetry of a test: what would go to stdout is kept, a line an entry. */
export function telemetryInMemory(): Telemetry & { readonly lines: Line[] } {
  const lines: Line[] = [];
  const keep = (line: string) => void lines.push(JSON.parse(line));
  const logger = new Logger({ serviceName: 'test', logLevel: 'INFO' });
  const metrics = new Metrics({ namespace: 'test', serviceName: 'test' });
  // Both write to a console of their own, which has no setter.
  Object.assign(logger, { console: { info: keep, warn: keep, error: keep } });
  Object.assign(metrics, { console: { log: keep } });
  return { logger, metrics, journal: createJournal(logger, metrics), lines };
}
