import { expect, test } from 'vitest';
import { parseStat } from './process-times.ts';

test('a line of /proc is read, whatever the name of the program has in it', () => {
  const line =
    '4242 (a (b) c) S 17 4242 4242 0 -1 4194304 1 2 3 4 150 50 30 10 20 0 11 0 999 1000000 2048 18446744073709551615';
  expect(parseStat(line)).toEqual({
    pid: 4242,
    name: 'a (b) c',
    parent: 17,
    ownMs: 2000,
    reapedMs: 400,
    bytes: 2048 * 4096,
  });
});
