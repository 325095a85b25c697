import { expect, test } from 'vitest';
import { dollars, megabytes, milliseconds, perSecond } from './format.ts';

test.each([
  [milliseconds(0), '0 ms'],
  [milliseconds(0.84), '0.8 ms'],
  [milliseconds(9.96), '10 ms'],
  [milliseconds(999.4), '999 ms'],
  [milliseconds(999.6), '1 s'],
  [milliseconds(1449), '1.4 s'],
  [milliseconds(120_000), '120 s'],
  [megabytes(1.5 * 2 ** 30), '1,536 MB'],
  [dollars(0), '$0.00'],
  [dollars(0.00213), '$0.0021'],
  [dollars(12.345), '$12.35'],
  [dollars(1234.5), '$1,235'],
  [perSecond(19.96), '20/s'],
  [perSecond(1000.4), '1000/s'],
])('%s is %s', (is, shouldBe) => {
  expect(is).toBe(shouldBe);
});
