import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Journal } from '../domain/ports.ts';
import { createJournal } from './journal.ts';

/** How a function tells what it does: all of it as JSON, an object a line, on its own output; the platform collects it. */
export interface Telemetry {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly journal: Journal;
}

/** Service name, namespace and log level come from the `POWERTOOLS_` variables of the environment. */
export function createTelemetry(): Telemetry {
  const logger = new Logger();
  const metrics = new Metrics();
  return { logger, metrics, journal: createJournal(logger, metrics) };
}
