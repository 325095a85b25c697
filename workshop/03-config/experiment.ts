import { randomUUID } from 'node:crypto';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { BakedOrder } from '../../functions/domain/order.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, no, yes } from '../experiment/requirement.ts';
import { until } from '../experiment/until.ts';
import { createWorkingCopy, type WorkingCopy } from '../experiment/working-copy.ts';
import { bakeTime, type Customer, letIn } from './bakes.ts';
import { namedAndNotGranted } from './grants.ts';
import { findKnobs } from './knobs.ts';
import { countHits, readPlaces } from './places.ts';

/** Longer than any cookie bakes by itself, on a machine that has other things to do. */
const slowOvenMs = 1_000;
/** How long a setting may take to be noticed. It is remembered for five seconds. */
const noticedWithinMs = 9_000;

/** Factor 3: the same two settings changed, in whatever way the factory offers. */
export const proof = experiment({
  question: 'What does it take to change the oven time and the key, and who can read the key?',
  headline: 'Secrets that anybody can read: {hits.before}, and now {hits.after}.',
  observables: {
    hits: {
      kind: 'gate',
      title: 'secrets found in source, bundle, template, configuration',
      must: exactly(0),
      lookAt:
        'See where they were found. A key in a variable can be read by everyone who may see the function; a file that is still imported is in the bundle.',
    },
    ovenChangesHash: {
      kind: 'gate',
      title: 'a new oven time changes the asset hash',
      must: no,
      lookAt: 'The oven time is a number in the source. ordering.ts must read it while it runs.',
    },
    ovenReleases: {
      kind: 'gate',
      title: 'releases spent on a new oven time',
      must: exactly(0),
      lookAt:
        'The environment holds the oven time itself. It should hold the name of the parameter that the time is in.',
    },
    keyNeedsDeploy: {
      kind: 'gate',
      title: 'rotating the supplier key needs a deploy',
      must: no,
      lookAt: 'The key is not in a secret that SUPPLIER_KEY_SECRET names: look at config in stack.ts.',
    },
    scannerWorks: { kind: 'guard', title: 'a key that was planted there is found', must: yes },
    notGranted: {
      kind: 'guard',
      title: 'variables that name what the role may not read',
      must: exactly(0),
      lookAt:
        'The environment says where it is, and the role may not read it: on AWS that is an AccessDeniedException. attach() sets the one and grants the other.',
    },
    refused: {
      kind: 'guard',
      title: 'orders refused meanwhile',
      must: exactly(0),
      lookAt: 'The log of the function has the reason: a variable that is not set is an error with its name.',
    },
    ovenTurned: {
      kind: 'guard',
      timed: true,
      title: 'the bakes after take the new time, and those before did not',
      must: yes,
      lookAt:
        'The parameter changed, and the kitchen did not notice: is it read once, or kept for more than five seconds?',
    },
    keyRotated: {
      kind: 'guard',
      timed: true,
      title: 'vouchers after verify under the new key, and those before did not',
      must: yes,
      lookAt:
        'The key was rotated, and the kitchen signs with the old one: is it fetched once, at start, or held by a variable?',
    },
    accepted: { kind: 'guard', title: 'orders baked meanwhile', must: atLeast(3) },
    where: { kind: 'shown', title: 'where they were found' },
    secondsToOven: { kind: 'shown', timed: true, title: 'time until an order shows the new oven time', unit: 's' },
    secondsToKey: { kind: 'shown', timed: true, title: 'time until an order shows the new key', unit: 's' },
  },
  async *observe(snapshot) {
    const { number, repository, signal } = snapshot;
    const copy = await createWorkingCopy(repository);
    const roots = snapshot.roots.map(({ file }) => file);
    const { files } = await reachableFrom(roots, repository);
    const knobs = await findKnobs(snapshot, copy, files);
    const [lambda, iam] = [new LambdaClient(snapshot.clients), new IAMClient(snapshot.clients)];
    try {
      snapshot.report('looking for secrets');
      const bundles = await copy.bundle(number);
      const places = await readPlaces({ snapshot, bundles, lambda, files });
      const outputs = Object.values(snapshot.outputs());
      const hits = countHits(places, knobs.secret ? [knobs.secret] : [], outputs);
      const planted = countHits({ ...places, source: [...places.source, `key: 'sk_cookie_planted'`] }, [], outputs);
      yield {
        hits: Object.values(hits).reduce((sum, count) => sum + count, 0),
        scannerWorks: planted.source > hits.source,
        where: describe(hits),
      };

      const functionName = snapshot.outputs()['OrderingFunction'] ?? '';
      yield { notGranted: (await namedAndNotGranted({ functionName, lambda, iam })).length };

      const customer = await letIn(snapshot.outputs()['OrderingUrl'] ?? '', signal);
      await customer.order();
      yield { refused: customer.orders.refused };
      const usual = await orderAsUsual(customer, signal);

      snapshot.report('changing the oven time, and rotating the key');
      const newKey = `rotated-${randomUUID()}`;
      const started = performance.now();
      const oven = await knobs.ovenTime.set(String(slowOvenMs));
      const rebuilt = oven === 'edited' ? await copy.bundle(number) : bundles;
      const key = await knobs.supplierKey.set(newKey);
      if (oven === 'edited' || key === 'edited') {
        await knobs.deploy();
      }
      yield {
        ovenChangesHash: hashOf(rebuilt) !== hashOf(bundles),
        ovenReleases: oven === 'written' ? 0 : 1,
        keyNeedsDeploy: key !== 'written',
      };
      const seen = await watchFor(customer, newKey, signal);
      const secondsTo = (order: Seen | undefined) => order && (order.at - started) / 1000;
      const secondsToOven = secondsTo(seen.slow);
      const secondsToKey = secondsTo(seen.signed);
      yield {
        ovenTurned: seen.slow !== undefined && usual !== undefined,
        keyRotated: seen.signed !== undefined && usual !== undefined && !customer.isSignedWith(newKey, usual),
        accepted: customer.orders.placed - customer.orders.refused,
        refused: customer.orders.refused,
        ...(secondsToOven !== undefined && { secondsToOven }),
        ...(secondsToKey !== undefined && { secondsToKey }),
      };
    } finally {
      try {
        await knobs.close();
      } finally {
        await copy.close();
        lambda.destroy();
        iam.destroy();
      }
    }
  },
});

interface Seen {
  /** By the clock of `performance`. */
  readonly at: number;
}

/** An order of before. A kitchen may still remember another oven time. */
async function orderAsUsual(customer: Customer, signal: AbortSignal): Promise<BakedOrder | undefined> {
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
