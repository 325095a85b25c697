import { parseCron } from './cron.ts';
import { validationException } from './errors.ts';
import type { Schedule } from './schedule-timer.ts';

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Longest expression, in characters. */
const maxLength = 256;

/**
 * Reads `rate(5 minutes)` or `cron(0 10 * * ? *)`. A rate counts from `start`, in milliseconds since the epoch; the first
 * firing is one interval later. A cron expression is in UTC. See "Schedule types" of the EventBridge User Guide.
 * @throws ValidationException
 */
export function parseSchedule(expression: string, start: number): Schedule {
  const [, kind, fields = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const schedule = kind === 'rate' ? parseRate(fields, start) : kind === 'cron' ? parseCron(fields) : undefined;
  if (!schedule || expression.length > maxLength) {
    throw validationException('Parameter ScheduleExpression is not valid.');
  }
  return schedule;
}

/** `1 minute`, but `5 minutes`: the unit's number must agree with the value's. */
function parseRate(text: string, start: number): Schedule | undefined {
  const [, value = '', unit = '', plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const interval = Number(value) * (unitMs[unit] ?? 0);
  if (!Number.isSafeInteger(interval) || interval === 0 || (value === '1') !== (plural === '')) {
    return undefined;
  }
  return { next: (after) => start + (Math.floor((after - start) / interval) + 1) * interval };
}
