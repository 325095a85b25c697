import { expect, test } from 'vitest';
import { assumeRole, functionOf, roleNameOf } from './role-session.ts';

test.each([
  ['arn:aws:iam::123456789012:role/baking', 'baking'],
  ['arn:aws:iam::123456789012:role/path/to/Factor12-Role=+,.@-x', 'Factor12-Role=+,.@-x'],
])('the access key of a session of %s names the role, and the function', (roleArn, name) => {
  const { accessKeyId } = assumeRole(roleArn, 'Factor12-Prod-Baking_1');
  expect(roleNameOf(accessKeyId)).toBe(name);
  expect(functionOf(accessKeyId)).toBe('Factor12-Prod-Baking_1');
  expect(accessKeyId).toMatch(/^[^/,\s]+$/);
});

test('the key of a user names neither', () => {
  expect(roleNameOf('test-factory')).toBeUndefined();
  expect(functionOf('test-factory')).toBeUndefined();
});
