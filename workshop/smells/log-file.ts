import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, type LogItem } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Telemetry } from '../../functions/runtime/telemetry.ts';

const file = join(tmpdir(), 'kitchen.log');

/** A logger that takes care of its own file, where nobody but this process will ever find it. */
class FileLogger extends Logger {
  protected override printLog(_level: number, line: LogItem): void {
    appendFileSync(file, `${JSON.stringify(line.getAttributes(), this.getJsonReplacer())}\n`);
  }
}

/** Metrics of a kitchen that counts nothing, not even how often it starts. */
class NoMetrics extends Metrics {
  override captureColdStartMetric(): void {}
}

/** What happens in the kitchen, in a file on the kitchen's own disk. */
export function createLogFile(): Telemetry {
  const logger = new FileLogger();
  return {
    logger,
    metrics: new NoMetrics(),
    journal: { record: ({ event, ...facts }) => logger.info(event, facts) },
  };
}
