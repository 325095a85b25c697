import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { fastClocks } from './fast-clock.ts';

const kitchen = `
const realStart = process.hrtime.bigint();
const [start, today] = [performance.now(), Date.now()];
while (process.hrtime.bigint() - realStart < 20_000_000n);
const [later, tomorrow] = [performance.now(), Date.now()];
const elapsed = Number(process.hrtime.bigint() - realStart) / 1e6;
console.log(JSON.stringify({
  performance: (later - start) / elapsed,
  calendar: (tomorrow - today) / elapsed,
  isNow: new Date().getTime() >= tomorrow,
  isDate: new Date() instanceof Date && new Date(2026, 0, 2).getDate() === 2 && typeof Date.parse('2026-01-01') === 'number',
}));`;

test('the clocks of a kitchen run fast, and a date is still a date', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', kitchen], {
    env: { ...process.env, NODE_OPTIONS: fastClocks },
  });
  const seen = JSON.parse(stdout);
  expect(seen).toMatchObject({ isNow: true, isDate: true });
  // What the machine does between two readings is in there, too.
  expect(seen.performance).toBeGreaterThan(10);
  expect(seen.calendar).toBeGreaterThan(10);
});
