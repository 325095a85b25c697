import { expect, test } from 'vitest';
import { assumeRole, roleNameOf } from './role-session.ts';

test.each([
  ['arn:aws:iam::123456789012:role/baking', 'baking'],
  ['arn:aws:iam::123456789012:role/path/to/Factor12-Role=+,.@-x', 'Factor12-Role=+,.@-x'],
])('the access key of a session of %s names the role', (roleArn, name) => {
  const { accessKeyId } = assumeRole(roleArn);
  expect(roleNameOf(accessKeyId)).toBe(name);
  expect(accessKeyId).toMatch(/^[^/,\s]+$/);
});

test('the key of a user names no role', () => {
  expect(roleNameOf('test-factory')).toBeUndefined();
});
