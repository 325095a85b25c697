import { expect, test } from 'vitest';
import { complaintIn } from './complaints.ts';

test.each([
  [
    'an error at the start',
    '2026-11-29T00:37:08.824Z\tundefined\tERROR\tUncaught Exception \t{"errorType":"Error","errorMessage":"no \\"kitchen\\" today","stack":[]}',
    'no "kitchen" today',
  ],
  [
    'an error of an invocation, in JSON',
    '{"timestamp":"2026-11-29T00:37:08.824Z","level":"ERROR","message":{"errorType":"TypeError","errorMessage":"oops"}}',
    'oops',
  ],
  [
    'a timeout',
    '2026-11-29T00:37:46.803Z 4138182d Task timed out after 10.00 seconds\n',
    'Task timed out after 10.00 seconds',
  ],
  ['what is no complaint', 'REPORT RequestId: 17523bb7\tDuration: 536.01 ms', undefined],
])('%s', (_, line, complaint) => {
  expect(complaintIn(line)).toBe(complaint);
});
