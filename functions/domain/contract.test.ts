import { expect, test } from 'vitest';
import { bakeWork, orderLimits } from './contract.ts';

const { batchSize, functionTimeoutSeconds, longestOvenMs, ovenPlaces, visibilityTimeoutSeconds } = bakeWork;

/** What an oven really takes for so many cookies: as many turns as it needs, each as long as a cookie bakes. */
const bakeMs = (cookies: number, ovenMs: number) => Math.ceil(cookies / ovenPlaces) * ovenMs;

const mostCookies = batchSize * orderLimits.items * orderLimits.quantity;

test('a batch of the largest orders is done in time, however long a cookie may bake', () => {
  // A second and a half for all else, half a second of which the function keeps back to stop in good order.
  expect(bakeMs(mostCookies, longestOvenMs)).toBeLessThanOrEqual(functionTimeoutSeconds * 1000 - 1_500);
});

test('at the usual time it is done twice over, as on a machine that has other things to do', () => {
  expect(2 * bakeMs(mostCookies, 20)).toBeLessThanOrEqual(functionTimeoutSeconds * 1000 - 1_500);
});

test('no message is handed out again while somebody is at work on it, as AWS asks for', () => {
  expect(visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * functionTimeoutSeconds);
  expect(bakeWork.maxReceiveCount).toBeGreaterThanOrEqual(5);
});
