import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type KeyOffer, offerKeys } from './key-offers.ts';

/** A terminal on which keys are pressed, and what was done and shown there. */
function terminal({
  isTerminal = true,
  environment = {},
}: {
  isTerminal?: boolean;
  environment?: NodeJS.ProcessEnv;
} = {}) {
  const input = Object.assign(new PassThrough(), {
    isTTY: isTerminal,
    isRaw: false,
    setRawMode(mode: boolean) {
      this.isRaw = mode;
      return this;
    },
  });
  const shown: string[] = [];
  const done: string[] = [];
  const offer = (key: string, goesOn: boolean): KeyOffer => ({
    ...{ key, says: `do ${key}` },
    action: async () => {
      done.push(key);
      return goesOn;
    },
  });
  const interrupted = new AbortController();
  const output = { isTTY: isTerminal, write: (text: string) => shown.push(text) };
  const options = { input, output, environment, signal: interrupted.signal } as unknown as Parameters<
    typeof offerKeys
  >[1];
  const over = offerKeys([offer('o', true), offer('r', false)], options);
  return { input, shown, done, over, interrupted };
}

test('keys do what they say until one of them ends it', async () => {
  const { input, done, over, shown } = terminal();
  input.write('o');
  await expect.poll(() => shown.length).toBe(2);
  input.write('r');
  await over;
  expect(done).toEqual(['o', 'r']);
  expect(input.isRaw).toBe(false);
});

test.each(['q', '\r', '\u0003', '\u001b'])('another key (%j) leaves', async (key) => {
  const { input, done, over } = terminal();
  input.write(key);
  await over;
  expect(done).toEqual([]);
});

test('a terminal that closes, and an interruption, leave', async () => {
  const closing = terminal();
  closing.input.end();
  await closing.over;
  const interrupted = terminal();
  interrupted.interrupted.abort(new Error('Interrupted.'));
  await interrupted.over;
  expect([closing.input.isRaw, interrupted.input.isRaw]).toEqual([false, false]);
});

test.each([
  { where: 'there is no terminal', options: { isTerminal: false } },
  { where: 'automation runs it', options: { environment: { CI: 'true' } } },
])('nothing waits where $where', async ({ options }) => {
  const { over, shown } = terminal(options);
  await over;
  expect(shown).toEqual([]);
});
