import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { arrivalsIn, openLoop, startStopwatch } from './generator.ts';
import { openHttpClient } from './http-client.ts';

async function useServer(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = openHttpClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  onTestFinished(() => {
    client.close();
    server.close();
    server.closeAllConnections();
  });
  return client;
}

const answer: RequestListener = (incoming, outgoing) => {
  incoming.resume();
  outgoing.end('ok');
};

/** Sends one request an arrival, and notes when each was due, sent and answered. */
async function drive(client: ReturnType<typeof openHttpClient>, arrivals: readonly number[]) {
  const stopwatch = startStopwatch(0);
  const requests: { dueAt: number; sentAt: number; latency: number; status: number }[] = [];
  await openLoop({
    ...{ arrivals, stopwatch },
    arrive: async (dueAt) => {
      const sentAt = stopwatch.now();
      const { status } = await client.ask({ method: 'GET', path: '/' });
      requests.push({ dueAt, sentAt, latency: stopwatch.now() - dueAt, status });
    },
  });
  return requests;
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

test('holds the rate', async () => {
  const client = await useServer(answer);
  const requests = await drive(client, arrivalsIn([{ from: 0, to: 1_500, rate: 400 }], 3));
  expect(requests.filter(({ status }) => status === 200)).toHaveLength(600);
  const span = Math.max(...requests.map(({ sentAt }) => sentAt)) / 1_000;
  // On two cores that others use too; what it does on a free machine is measured by hand.
  expect(requests.length / span).toBeGreaterThan(400 * 0.9);
  expect(requests.length / span).toBeLessThan(400 * 1.1);
});

test('none arrives before it is due', async () => {
  const client = await useServer(answer);
  const requests = await drive(client, arrivalsIn([{ from: 0, to: 500, rate: 200 }], 4));
  // A timer of Node may fire a fraction of a millisecond early.
  expect(Math.min(...requests.map(({ dueAt, sentAt }) => sentAt - dueAt))).toBeGreaterThan(-2);
});

test('a server that stalls for 500 ms is seen in the latencies of all that were due meanwhile', async () => {
  const [stallFrom, stallFor] = [300, 500];
  const begun = performance.now();
  const client = await useServer((incoming, outgoing) => {
    const now = performance.now() - begun;
    const stalled = now >= stallFrom && now < stallFrom + stallFor;
    setTimeout(() => answer(incoming, outgoing), stalled ? stallFrom + stallFor - now : 0);
  });
  const offset = performance.now() - begun;
  const requests = await drive(client, arrivalsIn([{ from: 0, to: 1_200, rate: 100 }], 5));
  const inStall = requests.filter(({ dueAt }) => {
    const due = dueAt + offset;
    return due >= stallFrom + 5 && due < stallFrom + stallFor - 5;
  });
  // A closed loop of one connection would have one slow request to show for it.
  expect(inStall.length).toBeGreaterThan(35);
  for (const { dueAt, latency } of inStall) {
    expect(latency).toBeGreaterThan(stallFrom + stallFor - dueAt - offset - 5);
  }
});

test('where the generator itself is held up, the latencies tell', async () => {
  const client = await useServer(answer);
  const heldUp = 300;
  setTimeout(() => {
    const until = performance.now() + heldUp;
    while (performance.now() < until) {}
  }, 100);
  const requests = await drive(client, arrivalsIn([{ from: 0, to: 600, rate: 100 }], 6));
  const meanwhile = requests.filter(({ dueAt }) => dueAt > 120 && dueAt < 350);
  expect(meanwhile.length).toBeGreaterThan(10);
  for (const { dueAt, latency } of meanwhile) {
    expect(latency).toBeGreaterThan(100 + heldUp - dueAt - 20);
  }
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
