import { expect, test } from 'vitest';
import { smokeTests } from './smoke-test.ts';

test.each([
  ['Ordering', { statusCode: 200 }, undefined],
  ['Ordering', { statusCode: 500 }, 'GET /recipes was answered 500'],
  ['Ordering', null, 'GET /recipes was answered without a status'],
  ['Metrics', { statusCode: 404 }, 'GET /metrics was answered 404'],
  ['Baking', { batchItemFailures: [] }, undefined],
  ['Baking', null, undefined],
  ['Baking', { batchItemFailures: [{ itemIdentifier: '1' }] }, '1 messages of an empty batch failed'],
  ['Cleanup', { removed: 0 }, undefined],
])('%s that answers %j: %s', (id, answer, complaint) => {
  expect(smokeTests[id]?.complaint(answer)).toBe(complaint);
});
