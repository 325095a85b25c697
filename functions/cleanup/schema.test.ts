import { expect, test } from 'vitest';
import { readTask } from './schema.ts';

test.each([
  ['a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }, { dryRun: false }],
  ['an engineer', { task: 'cleanup' }, { dryRun: false }],
  ['a careful engineer', { task: 'cleanup', dryRun: true }, { dryRun: true }],
])('%s', (_, event, task) => {
  expect(readTask(event)).toEqual(task);
});

test.each([
  ['nothing', undefined],
  ['an empty object', {}],
  ['another task', { task: 'redrive' }],
  ['a misspelt dry run', { task: 'cleanup', dryrun: true }],
  ['a dry run in words', { task: 'cleanup', dryRun: 'yes' }],
  ['another event', { source: 'aws.s3', 'detail-type': 'Object Created' }],
])('%s is no task, and nothing is removed by mistake', (_, event) => {
  expect(() => readTask(event)).toThrow(expect.objectContaining({ name: 'UnknownTask' }));
});
