import { experiment, type Findings } from '../experiment/experiment.ts';
import { atMost, exactly, yes } from '../experiment/requirement.ts';
import type { Proof } from './proof.ts';
import { judge } from './verdict.ts';

const readable = experiment({
  question: 'Is an order <still> there?',
  observables: {
    lost: { kind: 'gate', title: 'orders lost', must: exactly(0) },
    counted: { kind: 'gate', title: 'all are counted', must: yes },
    failed: { kind: 'guard', title: 'failed', unit: '%', must: atMost(5) },
    two: { kind: 'shown', title: 'with two', unit: 'a second' },
    four: { kind: 'shown', title: 'with four', unit: 'a second' },
  },
  series: [
    {
      title: 'throughput by workers',
      unit: 'a second',
      across: 'workers',
      points: [
        { label: '2', observable: 'two' },
        { label: '4', observable: 'four' },
      ],
    },
  ],
  observe: async () => ({}),
});

export const bad: Findings = { lost: 25, counted: false, failed: 0, two: 10, four: 10 };
export const good: Findings = { lost: 0, counted: true, failed: 0, two: 11, four: 21 };

export interface TestProofOptions {
  readonly before?: Findings;
  readonly after?: Findings;
  /** @default [5, 6] */
  readonly snapshots?: readonly [number, number];
  readonly folder?: string;
}

/** For tests: a proof of factor 6 over given findings. */
export function testProof(options: TestProofOptions = {}): Proof {
  const { before = bad, after = good, snapshots = [5, 6], folder = `workshop/snapshot-${snapshots[1]}` } = options;
  const { word: verdict, reasons, rows } = judge(readable, before, after);
  return {
    ...{ factor: 6, slug: '06-processes', name: 'Processes', title: 'Yuck, sticky dough!' },
    question: readable.question,
    before: { snapshot: snapshots[0], folder: `workshop/snapshot-${snapshots[0]}` },
    after: { snapshot: snapshots[1], folder },
    ...{ endpoint: 'an embedded AWS of its own', at: '2026-01-02T03:04:05.678Z' },
    seconds: { total: 12.34, deploy: 5, before: 3, after: 4 },
    ...{ verdict, reasons, rows, series: readable.series ?? [] },
  };
}
