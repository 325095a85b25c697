import { expect, test } from 'vitest';
import { atExit } from './at-exit.ts';

test('however many there are, the process has one listener, and none when all are taken back', () => {
  const before = process.listenerCount('exit');
  const takeBack = Array.from({ length: 20 }, () => atExit(() => undefined));
  expect(process.listenerCount('exit')).toBe(before + 1);
  for (const one of takeBack) {
    one();
  }
  expect(process.listenerCount('exit')).toBe(before);
});
