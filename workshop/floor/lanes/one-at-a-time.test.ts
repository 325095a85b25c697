import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('what is under way is not begun again before it has ended', async () => {
  const begun: PromiseWithResolvers<void>[] = [];
  const ask = oneAtATime(() => {
    begun.push(Promise.withResolvers<void>());
    return begun.at(-1)?.promise ?? Promise.resolve();
  });
  ask();
  ask();
  expect(begun).toHaveLength(1);
  begun[0]?.resolve();
  await begun[0]?.promise;
  await Promise.resolve();
  ask();
  expect(begun).toHaveLength(2);
});
