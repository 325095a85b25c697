import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Keyboard } from './keyboard.ts';
import { onKeys } from './keys.ts';

/** A terminal, as far as keys go, and whether it hands over single keys. */
function terminal({ isTTY = true } = {}) {
  const stream = new PassThrough();
  const modes: boolean[] = [];
  const keyboard = Object.assign(stream, { isTTY, setRawMode: (mode: boolean) => void modes.push(mode) });
  const type = async (text: string) => {
    stream.write(text);
    await setImmediate();
  };
  return { keyboard: keyboard as unknown as Keyboard, modes, type };
}

test('a key does what it is for, and others do nothing', async () => {
  const { keyboard, modes, type } = terminal();
  const done: string[] = [];
  const release = onKeys({ o: () => done.push('opened') }, keyboard, () => done.push('interrupted'));
  await type('xoO');
  await type('o');
  expect(done).toEqual(['opened', 'opened']);
  await type('\u0003');
  expect(done.at(-1)).toBe('interrupted');
  release();
  await type('o');
  expect(done).toHaveLength(3);
  expect(modes).toEqual([true, false]);
});

test('where nobody types, nothing is asked of the terminal', async () => {
  const { keyboard, modes } = terminal({ isTTY: false });
  onKeys({ o: () => expect.unreachable() }, keyboard)();
  expect(modes).toEqual([]);
});
