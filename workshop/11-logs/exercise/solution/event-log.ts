import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Telemetry } from '../../../../functions/runtime/telemetry.ts';

/** How a function tells what it does: each event is one JSON object on a line of stdout, and the platform does the rest. */
export function createEventLog(): Telemetry {
  const logger = new Logger();
  return {
    logger,
    metrics: new Metrics(),
    journal: { record: ({ event, ...facts }) => logger.info(event, facts) },
  };
}
