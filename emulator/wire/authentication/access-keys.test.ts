import { afterEach, expect, test, vi } from 'vitest';
import { AccessKeys } from './access-keys.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a key that was revoked is known to have expired, for an hour', () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const keys = new AccessKeys('123456789012');
  const session = { role: 'baker', sessionName: 'one' };
  const { accessKeyId } = keys.issue(session);
  expect(keys.find(accessKeyId)?.expiresAt).toBeUndefined();
  keys.revoke(accessKeyId);
  expect(keys.find(accessKeyId)).toMatchObject({ expiresAt: 1_000_000 });
  vi.setSystemTime(1_000_000 + 3_600_001);
  keys.issue(session);
  expect(keys.find(accessKeyId)).toBeUndefined();
});

test('a key that is not known cannot be revoked', () => {
  const keys = new AccessKeys('123456789012');
  keys.revoke('AKIANOBODY');
  expect(keys.find('AKIANOBODY')).toBeUndefined();
});
