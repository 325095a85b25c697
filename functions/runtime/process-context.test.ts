import { expect, test } from 'vitest';
import { processContext } from './process-context.ts';

test('the time that is left is a whole number of milliseconds, and never less than none', () => {
  const { getRemainingTimeInMillis, awsRequestId } = processContext('r1', 1_000.5);
  const left = getRemainingTimeInMillis();
  expect(Number.isInteger(left)).toBe(true);
  expect(left).toBeLessThanOrEqual(1_000);
  expect(AbortSignal.timeout(left).aborted).toBe(false);
  expect(awsRequestId).toBe('r1');
  expect(processContext('r2', -5).getRemainingTimeInMillis()).toBe(0);
});
