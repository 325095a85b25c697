import { expect, test } from 'vitest';
import { calibrationSentence, defaultRate, sustainableRate } from './calibrate.ts';
import { testCalibration } from './comparison.fixture.ts';

test.each([
  { what: 'two cores, 60 ms a customer', cpuSeconds: 0.06, cores: 2, others: 0, rate: 20 },
  { what: 'eight cores', cpuSeconds: 0.06, cores: 8, others: 0, rate: 80 },
  { what: 'others at work', cpuSeconds: 0.06, cores: 2, others: 0.3, rate: 10 },
  { what: 'no room at all', cpuSeconds: 0.06, cores: 2, others: 0.9, rate: 1 },
  { what: 'customers who cost nothing', cpuSeconds: 0, cores: 2, others: 0, rate: Number.POSITIVE_INFINITY },
])('$what: $rate a second', ({ cpuSeconds, cores, others, rate }) => {
  expect(sustainableRate(cpuSeconds, { cores, others })).toBeCloseTo(rate, 10);
});

test.each([
  { sustainableRate: 7.9, rate: 7 },
  { sustainableRate: 300, rate: 20 },
  { sustainableRate: 1, rate: 5 },
  { sustainableRate: Number.POSITIVE_INFINITY, rate: 20 },
])('a machine that sustains $sustainableRate gets $rate where nobody names a rate', ({ sustainableRate, rate }) => {
  expect(defaultRate({ ...testCalibration, sustainableRate })).toBe(rate);
});

test('without a calibration the rate is the usual one', () => {
  expect(defaultRate(undefined)).toBe(20);
});

test('a calibration is told in a sentence', () => {
  expect(calibrationSentence(testCalibration)).toBe(
    'An invocation by itself takes: ordering 6.2 ms, baking 31.0 ms, analytics 4.0 ms. A customer takes 40 ms of processor time, so 30 a second leave 40 % of it free.',
  );
});
