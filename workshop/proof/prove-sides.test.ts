import { expect, test } from 'vitest';
import { type Experiment, experiment } from '../experiment/experiment.ts';
import { exactly } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { prove, type Sides } from './prove-sides.ts';

/** A snapshot of which an experiment sees only the number. */
function snapshot(number: number, signal: AbortSignal): SnapshotUnderTest {
  const unused = () => {
    throw new Error('This experiment looks at the number alone.');
  };
  return {
    ...{ number, signal, folder: '', repository: '', endpoint: '', roots: [], outputs: unused, template: unused },
    clients: { endpoint: '', region: '', credentials: { accessKeyId: '', secretAccessKey: '' } },
    report: () => {},
    deployFrom: unused,
  };
}

const sides = (signal: AbortSignal): Sides => ({ before: snapshot(5, signal), after: snapshot(6, signal) });

const looking = (observe: Experiment<'lost'>['observe']): Experiment =>
  experiment({
    question: 'Is an order still there?',
    observables: { lost: { kind: 'gate', title: 'orders lost', must: exactly(0) } },
    observe,
  });

const idle = new AbortController().signal;

test('looks at the snapshot before, then at the one after, and judges', async () => {
  const turns: string[] = [];
  const honest = looking(async ({ number }) => {
    turns.push(`look at ${number}`);
    return { lost: 6 - number };
  });
  const { verdict, seconds } = await prove(honest, sides(idle), { signal: idle, onSide: (side) => turns.push(side) });
  expect(verdict.word).toBe('PROVED');
  expect(turns).toEqual(['before', 'look at 5', 'after', 'look at 6']);
  expect(seconds).toEqual({ before: expect.any(Number), after: expect.any(Number) });
});

test('an experiment that throws proves nothing, and says on which side', async () => {
  const broken = looking(async ({ number }) => {
    if (number === 6) {
      throw new Error('no such table');
    }
    return { lost: 1 };
  });
  const load = { cores: 2, cpu: 0.1, others: 0, steal: 0, lagMs: 0 };
  const watch = () => ({ stop: () => load });
  const { verdict } = await prove(broken, sides(idle), { signal: idle, watch });
  expect(verdict).toEqual({
    word: 'NOT PROVED',
    reasons: ['The experiment broke off on the snapshot after (6): no such table'],
    rows: [],
  });
});

test('an interruption waits for the experiment to clean up', async () => {
  const interrupted = new AbortController();
  let cleanedUp = false;
  const tidy = looking(async ({ signal }) => {
    queueMicrotask(() => interrupted.abort(new Error('Interrupted.')));
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    cleanedUp = true;
    throw signal.reason;
  });
  const proof = prove(tidy, sides(interrupted.signal), { signal: interrupted.signal });
  await expect(proof).rejects.toThrow('Interrupted.');
  expect(cleanedUp).toBe(true);
});

test('an interruption does not wait for an experiment that ignores it', async () => {
  const interrupted = new AbortController();
  const deaf = looking(() => {
    queueMicrotask(() => interrupted.abort(new Error('Interrupted.')));
    return new Promise(() => {});
  });
  const proof = prove(deaf, sides(interrupted.signal), { signal: interrupted.signal, grace: 10 });
  await expect(proof).rejects.toThrow('Interrupted.');
});
