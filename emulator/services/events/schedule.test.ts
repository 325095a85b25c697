import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSchedule } from './schedule.ts';

const from = Date.parse('2026-11-23T03:04:05.678Z');

/** The first three times that an expression fires after Monday, 23 November 2026. */
function firings(expression: string): string[] {
  const schedule = parseSchedule(expression, from);
  const times: string[] = [];
  let at: number | undefined = from;
  while (times.length < 3) {
    at = schedule.next(at);
    if (at === undefined) {
      break;
    }
    times.push(new Date(at).toISOString());
  }
  return times.map((time) => time.replace(':00.000Z', ''));
}

test.each([
  { expression: 'cron(0 10 * * ? *)', times: ['2026-11-23T10:00', '2026-11-24T10:00', '2026-11-25T10:00'] },
  { expression: 'cron(15 12 * * ? *)', times: ['2026-11-23T12:15', '2026-11-24T12:15', '2026-11-25T12:15'] },
  { expression: 'cron(0 18 ? * MON-FRI *)', times: ['2026-11-23T18:00', '2026-11-24T18:00', '2026-11-25T18:00'] },
  { expression: 'cron(0 8 1 * ? *)', times: ['2026-12-01T08:00', '2027-01-01T08:00', '2027-02-01T08:00'] },
  { expression: 'cron(0/15 * * * ? *)', times: ['2026-11-23T03:15', '2026-11-23T03:30', '2026-11-23T03:45'] },
  { expression: 'cron(*/30 * * * ? *)', times: ['2026-11-23T03:30', '2026-11-23T04:00', '2026-11-23T04:30'] },
  { expression: 'cron(0/10 * ? * mon-fri *)', times: ['2026-11-23T03:10', '2026-11-23T03:20', '2026-11-23T03:30'] },
  { expression: 'cron(0/5 8-17 ? * 2-6 *)', times: ['2026-11-23T08:00', '2026-11-23T08:05', '2026-11-23T08:10'] },
  { expression: 'cron(10-30/10 6 * * ? *)', times: ['2026-11-23T06:10', '2026-11-23T06:20', '2026-11-23T06:30'] },
  { expression: 'cron(0 0 ? * 1 *)', times: ['2026-11-29T00:00', '2026-12-06T00:00', '2026-12-13T00:00'] },
  { expression: 'cron(0 0 ? * SAT,7,TUE *)', times: ['2026-11-24T00:00', '2026-11-28T00:00', '2026-12-01T00:00'] },
  { expression: 'cron(0 0 ? * L *)', times: ['2026-11-28T00:00', '2026-12-05T00:00', '2026-12-12T00:00'] },
  { expression: 'cron(0 0 ? * 6L *)', times: ['2026-11-27T00:00', '2026-12-25T00:00', '2027-01-29T00:00'] },
  { expression: 'cron(0 0 ? * FRIL *)', times: ['2026-11-27T00:00', '2026-12-25T00:00', '2027-01-29T00:00'] },
  { expression: 'cron(0 0 ? * 3#2 *)', times: ['2026-12-08T00:00', '2027-01-12T00:00', '2027-02-09T00:00'] },
  { expression: 'cron(0 0 L * ? *)', times: ['2026-11-30T00:00', '2026-12-31T00:00', '2027-01-31T00:00'] },
  { expression: 'cron(0 0 15W * ? *)', times: ['2026-12-15T00:00', '2027-01-15T00:00', '2027-02-15T00:00'] },
  { expression: 'cron(0 0 3W 1 ? *)', times: ['2027-01-04T00:00', '2028-01-03T00:00', '2029-01-03T00:00'] },
  { expression: 'cron(0 0 29 FEB ? *)', times: ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00'] },
  { expression: 'cron(0 0 1 JAN ? 2028-2029)', times: ['2028-01-01T00:00', '2029-01-01T00:00'] },
  { expression: 'cron(0 0 1 1 ? 2020/4)', times: ['2028-01-01T00:00', '2032-01-01T00:00', '2036-01-01T00:00'] },
  { expression: 'cron(0 0 1 1 ? 1999)', times: [] },
  { expression: 'cron(0 0 31 2 ? *)', times: [] },
])('$expression fires at $times', ({ expression, times }) => {
  expect(firings(expression)).toEqual(times);
});

test.each([
  { expression: 'rate(1 minute)', interval: 60_000 },
  { expression: 'rate(5 minutes)', interval: 300_000 },
  { expression: 'rate(1 hour)', interval: 3_600_000 },
  { expression: 'rate(36 hours)', interval: 129_600_000 },
  { expression: 'rate(1 day)', interval: 86_400_000 },
  { expression: 'rate(30 days)', interval: 2_592_000_000 },
])('$expression fires each $interval ms from its start', ({ expression, interval }) => {
  const schedule = parseSchedule(expression, from);
  expect(schedule.next(from)).toBe(from + interval);
  expect(schedule.next(from + interval)).toBe(from + 2 * interval);
  expect(schedule.next(from + 2.5 * interval)).toBe(from + 3 * interval);
});

test.each([
  '',
  'every minute',
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'rate(-1 minutes)',
  'rate(1.5 hours)',
  'rate(30 seconds)',
  'rate( 5 minutes)',
  'rate(5 minutes',
  'Rate(5 minutes)',
  'cron(0 10 * * ?)',
  'cron(0 0 10 * * ? *)',
  'cron(0 10 * * * *)',
  'cron(0 10 ? * ? *)',
  'cron(0 10 1 * MON *)',
  'cron(60 10 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 10 0 * ? *)',
  'cron(0 10 32 * ? *)',
  'cron(0 10 * 13 ? *)',
  'cron(0 10 * MAI ? *)',
  'cron(0 10 ? * 0 *)',
  'cron(0 10 ? * 8 *)',
  'cron(0 10 ? * MON/2 *)',
  'cron(0 10 ? * 3#6 *)',
  'cron(0 10 ? * 2-3#1 *)',
  'cron(0 10 32W * ? *)',
  'cron(0 10 LW * ? *)',
  'cron(0 10 * * ? 1969)',
  'cron(0 10 * * ? 2200)',
  'cron(0/0 10 * * ? *)',
  'cron(30-10 10 * * ? *)',
  'cron(0, 10 * * ? *)',
  'cron(? 10 * * ? *)',
])('%s is no schedule', (expression) => {
  expect(() => parseSchedule(expression, from)).toThrow(
    expect.objectContaining({ name: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.' }),
  );
});

/** A set of numbers, as it is written in a field and as it is matched. */
const field = (least: number, most: number) =>
  fc.oneof(
    fc.constant({ text: '*', has: (_value: number) => true }),
    fc
      .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 4 })
      .map((values) => ({ text: values.join(','), has: (value: number) => values.includes(value) })),
    fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 1, max: 20 })).map(([start, step]) => ({
      text: `${start}/${step}`,
      has: (value: number) => value >= start && (value - start) % step === 0,
    })),
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      .map(([low, high]) => ({ text: `${low}-${high}`, has: (value: number) => value >= low && value <= high })),
  );

test('a firing is in the future, on the minute, matches every field, and none was left out before it', () => {
  const cron = fc.record({ minutes: field(0, 59), hours: field(0, 23), days: field(1, 28), months: field(1, 12) });
  const start = fc.date({
    min: new Date('2024-01-01T00:00:00Z'),
    max: new Date('2030-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(cron, start, ({ minutes, hours, days, months }, date) => {
      const matches = (time: Date) =>
        minutes.has(time.getUTCMinutes()) &&
        hours.has(time.getUTCHours()) &&
        days.has(time.getUTCDate()) &&
        months.has(time.getUTCMonth() + 1);
      const expression = `cron(${minutes.text} ${hours.text} ${days.text} ${months.text} ? *)`;
      const next = parseSchedule(expression, 0).next(date.getTime()) ?? 0;
      expect(next).toBeGreaterThan(date.getTime());
      expect(next % 60_000).toBe(0);
      expect(matches(new Date(next))).toBe(true);
      // A day of minutes before it at the most: beyond that the check would outweigh what is checked.
      const earliest = Math.max(Math.floor(date.getTime() / 60_000) * 60_000 + 60_000, next - 86_400_000);
      for (let minute = earliest; minute < next; minute += 60_000) {
        expect(matches(new Date(minute))).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});

test('a rate fires in the future, whole intervals after its start', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1000 }), fc.integer({ min: 0, max: 10 ** 12 }), (minutes, elapsed) => {
      const next = parseSchedule(`rate(${minutes} minutes)`, from).next(from + elapsed) ?? 0;
      expect(next).toBeGreaterThan(from + elapsed);
      expect(next - (from + elapsed)).toBeLessThanOrEqual(minutes * 60_000);
      expect((next - from) % (minutes * 60_000)).toBe(0);
    }),
  );
});
