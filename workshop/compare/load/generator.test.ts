import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { arrivalsIn, openLoop, type Stopwatch, startStopwatch } from './generator.ts';

/** A time that jumps from one moment that somebody waits for to the next, and that a busy process can let pass. */
class VirtualTime implements Stopwatch {
  #time = 0;
  readonly #waiting: { readonly moment: number; readonly resolve: () => void }[] = [];

  now = () => this.#time;

  until = (moment: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ moment, resolve });
    return promise;
  };

  /** Has this process do nothing else for so many milliseconds. */
  holdUp(milliseconds: number): void {
    this.#time += milliseconds;
  }

  /** Lets time pass until some work is done. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await setImmediate();
      const next = this.#waiting.toSorted((one, other) => one.moment - other.moment)[0];
      if (next) {
        this.#waiting.splice(this.#waiting.indexOf(next), 1);
        this.#time = Math.max(this.#time, next.moment);
        next.resolve();
      }
    }
    return await done;
  }
}

interface Sent {
  readonly dueAt: number;
  readonly sentAt: number;
  readonly latency: number;
}

/** Sends a request an arrival to a server that answers at a moment of its own. Returns when each was due, sent and answered. */
async function drive(
  arrivals: readonly number[],
  answersAt: (sentAt: number) => number,
  time = new VirtualTime(),
): Promise<Sent[]> {
  const requests: Sent[] = [];
  const arrive = async (dueAt: number) => {
    const sentAt = time.now();
    await time.until(answersAt(sentAt));
    requests.push({ dueAt, sentAt, latency: time.now() - dueAt });
  };
  await time.during(openLoop({ arrivals, stopwatch: time, arrive }));
  return requests.toSorted((one, other) => one.dueAt - other.dueAt);
}

test('the same seed gives the same arrivals, another seed others', () => {
  const stretches = [{ from: 0, to: 5_000, rate: 40 }];
  expect(arrivalsIn(stretches, 7)).toEqual(arrivalsIn(stretches, 7));
  expect(arrivalsIn(stretches, 7)).not.toEqual(arrivalsIn(stretches, 8));
});

test('so many arrive in each stretch as were asked for, in order and unevenly', () => {
  const arrivals = arrivalsIn(
    [
      { from: -1_000, to: 0, rate: 100 },
      { from: 0, to: 10_000, rate: 100 },
      { from: 10_000, to: 12_000, rate: 500 },
    ],
    1,
  );
  const within = (from: number, to: number) => arrivals.filter((at) => at >= from && at < to).length;
  expect([within(-1_000, 0), within(0, 10_000), within(10_000, 12_000)]).toEqual([100, 1_000, 1_000]);
  expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
  // Of arrivals at random a fraction of 1/e is alone in a stretch as long as the mean gap; of a metronome's, all.
  const bins = Map.groupBy(arrivals.slice(100, 1_100), (at) => Math.floor(at / 10));
  const alone = [...bins.values()].filter(({ length }) => length === 1).length / 1_000;
  expect(alone).toBeGreaterThan(0.3);
  expect(alone).toBeLessThan(0.44);
});

test('each arrives when it is due, however slow the answers to the others are', async () => {
  const arrivals = arrivalsIn([{ from: 0, to: 1_500, rate: 400 }], 3);
  const requests = await drive(arrivals, (sentAt) => sentAt + 10_000);
  expect(requests).toHaveLength(600);
  expect(requests.map(({ sentAt }) => sentAt)).toEqual(arrivals);
});

test('a server that stalls for 500 ms is seen in the latencies of all that were due meanwhile', async () => {
  const [stallFrom, stallTo] = [300, 800];
  const arrivals = arrivalsIn([{ from: 0, to: 1_200, rate: 100 }], 5);
  const requests = await drive(arrivals, (sentAt) => (sentAt >= stallFrom && sentAt < stallTo ? stallTo : sentAt));
  const [inStall, others] = [true, false].map((is) =>
    requests.filter(({ dueAt }) => (dueAt >= stallFrom && dueAt < stallTo) === is),
  );
  // A closed loop of one connection would have one slow request to show for it.
  expect(inStall?.length).toBeGreaterThan(35);
  for (const { dueAt, latency } of inStall ?? []) {
    expect(latency).toBeCloseTo(stallTo - dueAt);
  }
  expect(Math.max(...(others ?? []).map(({ latency }) => latency))).toBeCloseTo(0);
});

test('where the generator itself is held up, the latencies tell', async () => {
  const time = new VirtualTime();
  const heldUp = 300;
  let since: number | undefined;
  const requests = await drive(
    arrivalsIn([{ from: 0, to: 600, rate: 100 }], 6),
    (sentAt) => {
      if (sentAt >= 100 && since === undefined) {
        since = sentAt;
        time.holdUp(heldUp);
      }
      return time.now();
    },
    time,
  );
  const until = (since ?? 0) + heldUp;
  const meanwhile = requests.filter(({ dueAt }) => dueAt >= (since ?? 0) && dueAt < until);
  expect(meanwhile.length).toBeGreaterThan(10);
  for (const { dueAt, latency } of meanwhile) {
    expect(latency).toBeCloseTo(until - dueAt);
  }
});

test('a stopwatch does not ring before its moment', async () => {
  const stopwatch = startStopwatch(20);
  expect(stopwatch.now()).toBeLessThan(0);
  await stopwatch.until(10);
  // A timer of Node may fire a fraction of a millisecond early.
  expect(stopwatch.now()).toBeGreaterThan(8);
});

test('an abort ends it, and what a customer fails with does too', async () => {
  const aborted = AbortSignal.abort(new Error('enough'));
  const run = openLoop({ arrivals: [50], stopwatch: startStopwatch(0, aborted), arrive: async () => {} });
  await expect(run).rejects.toThrow('enough');
  const arrived: number[] = [];
  const failing = openLoop({
    arrivals: [0, 20, 40],
    stopwatch: startStopwatch(0),
    arrive: async (dueAt) => {
      arrived.push(dueAt);
      throw new Error('no more');
    },
  });
  await expect(failing).rejects.toThrow('no more');
  expect(arrived).toEqual([0]);
});
