import { randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { BakedOrder } from '../../functions/domain/order.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, no, yes } from '../experiment/requirement.ts';
import { until } from '../experiment/until.ts';
import { createWorkingCopy, type WorkingCopy } from '../experiment/working-copy.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { bakeTime, type Customer, letIn } from './bakes.ts';
import { findKnobs } from './knobs.ts';
import { countHits, readPlaces } from './places.ts';

/** Longer than any cookie bakes by itself, on a machine that has other things to do. */
const slowOvenMs = 1_000;
/** How long a setting may take to be noticed: twice as long as it is remembered. */
const noticedWithinMs = 10_000;

/** Factor 3: the same two settings turned, by whatever knob the factory has. */
export const proof = experiment({
  question: 'What does it take to change the oven time and the key, and who can read the key?',
  observables: {
    hits: { kind: 'gate', title: 'secrets found in source, bundle, template, configuration', must: exactly(0) },
    ovenChangesHash: { kind: 'gate', title: 'a new oven time changes the asset hash', must: no },
    ovenReleases: { kind: 'gate', title: 'releases spent on a new oven time', must: exactly(0) },
    keyNeedsDeploy: { kind: 'gate', title: 'rotating the supplier key needs a deploy', must: no },
    scannerWorks: { kind: 'guard', title: 'a key that was planted there is found', must: yes },
    ovenTurned: {
      kind: 'guard',
      timed: true,
      title: 'the bakes after take the new time, and those before did not',
      must: yes,
    },
    keyRotated: {
      kind: 'guard',
      timed: true,
      title: 'vouchers after verify under the new key, and those before did not',
      must: yes,
    },
    accepted: { kind: 'guard', timed: true, title: 'orders baked meanwhile', must: atLeast(3) },
    refused: { kind: 'guard', title: 'orders refused meanwhile', must: exactly(0) },
    where: { kind: 'shown', title: 'where they were found' },
    secondsToOven: { kind: 'shown', timed: true, title: 'time until an order shows the new oven time', unit: 's' },
    secondsToKey: { kind: 'shown', timed: true, title: 'time until an order shows the new key', unit: 's' },
  },
  async observe(snapshot) {
    const { number, repository, signal } = snapshot;
    const copy = await createWorkingCopy(repository);
    const roots = rootsOf(snapshotNumbered(number)).map(({ file }) => file);
    const { files } = await reachableFrom(roots, repository);
    const knobs = await findKnobs(snapshot, copy, files);
    const lambda = new LambdaClient(snapshot.clients);
    try {
      snapshot.report('looking for secrets');
      const bundles = await copy.bundle(number);
      const places = await readPlaces({ snapshot, bundles, lambda, files });
      const outputs = Object.values(snapshot.outputs());
      const hits = countHits(places, knobs.secret ? [knobs.secret] : [], outputs);
      const planted = countHits({ ...places, source: [...places.source, `key: 'sk_cookie_planted'`] }, [], outputs);

      const customer = await letIn(snapshot.outputs()['OrderingUrl'] ?? '', signal);
      const usual = await orderAsUsual(customer, signal);

      snapshot.report('turning the oven, and rotating the key');
      const newKey = `rotated-${randomUUID()}`;
      const started = performance.now();
      const ovenEdits = await knobs.ovenTime.set(String(slowOvenMs));
      const rebuilt = await copy.bundle(number);
      const keyEdits = await knobs.supplierKey.set(newKey);
      if (ovenEdits || keyEdits) {
        await knobs.deploy();
      }
      const seen = await watchFor(customer, newKey, signal);
      const secondsTo = (order: Seen | undefined) => order && (order.at - started) / 1000;
      const secondsToOven = secondsTo(seen.slow);
      const secondsToKey = secondsTo(seen.signed);
      return {
        hits: Object.values(hits).reduce((sum, count) => sum + count, 0),
        ovenChangesHash: hashOf(rebuilt) !== hashOf(bundles),
        ovenReleases: ovenEdits ? 1 : 0,
        keyNeedsDeploy: keyEdits,
        scannerWorks: planted.source > hits.source,
        ovenTurned: seen.slow !== undefined && usual !== undefined,
        keyRotated: seen.signed !== undefined && usual !== undefined && !customer.isSignedWith(newKey, usual),
        accepted: customer.orders.placed - customer.orders.refused,
        refused: customer.orders.refused,
        where: describe(hits),
        ...(secondsToOven !== undefined && { secondsToOven }),
        ...(secondsToKey !== undefined && { secondsToKey }),
      };
    } finally {
      try {
        await knobs.close();
      } finally {
        await copy.close();
        lambda.destroy();
      }
    }
  },
});

interface Seen {
  /** By the clock of `performance`. */
  readonly at: number;
}

/** An order of before. The first one finds the kitchen asleep, and a kitchen may still remember another oven time. */
async function orderAsUsual(customer: Customer, signal: AbortSignal): Promise<BakedOrder | undefined> {
  await customer.order();
  const look = async () => {
    const order = await customer.order();
    return order && !isSlow(order) ? order : undefined;
  };
  return await until(look, { within: noticedWithinMs, every: 200, signal });
}

/** Orders until it has seen an order that took the new time, and one that was signed with the new key. */
async function watchFor(customer: Customer, key: string, signal: AbortSignal) {
  const seen: { slow?: Seen; signed?: Seen } = {};
  const look = async () => {
    const order = await customer.order();
    const at = performance.now();
    if (order && isSlow(order)) {
      seen.slow ??= { at };
    }
    if (order && customer.isSignedWith(key, order)) {
      seen.signed ??= { at };
    }
    return seen.slow && seen.signed ? true : undefined;
  };
  await until(look, { within: noticedWithinMs, every: 200, signal });
  return seen;
}

const isSlow = (order: BakedOrder): boolean => bakeTime(order) >= slowOvenMs;

const hashOf = (bundles: Awaited<ReturnType<WorkingCopy['bundle']>>): string =>
  [...bundles.values()].map(({ sha256 }) => sha256).join();

function describe(hits: Readonly<Record<string, number>>): string {
  const found = Object.entries(hits).filter(([, count]) => count > 0);
  return found.map(([place, count]) => `${place} ${count}`).join(', ') || 'nowhere';
}
