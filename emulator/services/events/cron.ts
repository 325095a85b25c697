import { Cron } from 'croner';
import { type CronField, dayNames, monthNames, parseField } from './cron-field.ts';
import type { Schedule } from './schedule-timer.ts';

const minute: CronField = { least: 0, most: 59, steps: true };
const hour: CronField = { least: 0, most: 23, steps: true };
const dayOfMonthField: CronField = { least: 1, most: 31, steps: true };
const month: CronField = { least: 1, most: 12, steps: true, names: monthNames };
const dayOfWeekField: CronField = { least: 1, most: 7, steps: false, names: dayNames };
const year: CronField = { least: 1970, most: 2199, steps: true };

/**
 * Reads the six fields of AWS's cron expressions: minutes, hours, day of month, month, day of week, year. Either day
 * is `?`, never both and never none. Undefined where the text is no such expression. See "Cron expressions".
 *
 * Each field is read here and handed on as a list of numbers, so that what AWS allows, and how it counts its days of the
 * week (from 1, a Sunday), stays our matter; the calendar is croner's.
 */
export function parseCron(text: string): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', dayOfMonth = '', months = '', dayOfWeek = '', years = ''] = fields;
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) {
    return undefined;
  }
  const translated = [
    '0',
    listOf(minutes, minute),
    listOf(hours, hour),
    daysOfMonth(dayOfMonth),
    listOf(months, month),
    daysOfWeek(dayOfWeek),
    listOf(years, year),
  ];
  if (translated.includes(undefined)) {
    return undefined;
  }
  const cron = new Cron(translated.join(' '), { mode: '7-part', timezone: 'UTC', paused: true });
  return { next: (after) => cron.nextRun(new Date(after))?.getTime() };
}

function listOf(text: string, field: CronField): string | undefined {
  // All values of the years would be a list of 230.
  return text === '*' ? '*' : parseField(text, field)?.join(',');
}

/** Numbers as everywhere, `L` for the last day, `15W` for the weekday nearest to the 15th. */
function daysOfMonth(text: string): string | undefined {
  if (text === '?') {
    return '*';
  }
  if (/^(?:L|([1-9]|[12]\d|3[01])W)$/i.test(text)) {
    return text.toUpperCase();
  }
  return listOf(text, dayOfMonthField);
}

/** Numbers from 1, a Sunday, and names; `6L` for the month's last Friday, `6#3` for its third. */
function daysOfWeek(text: string): string | undefined {
  if (text === '?') {
    return '*';
  }
  if (/^L$/i.test(text)) {
    return '6';
  }
  const [, day = '', last, nth] = /^([^#,]+?)(?:(L)|#([1-5]))$/i.exec(text) ?? [];
  if (!last && !nth) {
    return text === '*' ? '*' : fromSunday(parseField(text, dayOfWeekField))?.join(',');
  }
  const [number, ...others] = fromSunday(parseField(day, dayOfWeekField)) ?? [];
  return number === undefined || others.length > 0 ? undefined : `${number}#${last ? 'L' : nth}`;
}

/** AWS counts the days of the week from 1, croner from 0. */
function fromSunday(days: readonly number[] | undefined): number[] | undefined {
  return days?.map((day) => day - 1);
}
