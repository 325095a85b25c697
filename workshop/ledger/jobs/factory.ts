import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { finishedFunctions } from '../../snapshots.ts';
import type { Job, JobContext } from '../job.ts';
import { reasonOf } from '../reason.ts';
import { doesNot, works } from '../result.ts';
import { invokeRow } from '../rows.ts';

const Orders = 12;

const start: Job = {
  name: 'start',
  group: 'factory',
  rows: ['start'],
  run: async (context) => {
    const ended = await context.npm('start', '--once', '--orders', String(Orders));
    const baked = ended.stdout.split('\n').filter((line) => /#\d+ .+, \d+ cookies?: BAKED after/.test(line)).length;
    if (ended.code !== 0) {
      return { start: doesNot(reasonOf(ended)) };
    }
    return { start: baked === Orders ? works : doesNot(`${baked} of ${Orders} orders were seen baked`) };
  },
};

const invoke: Job = {
  name: 'invoke',
  group: 'factory',
  rows: finishedFunctions.map(invokeRow),
  run: async (context) => {
    const findings = [];
    for (const name of finishedFunctions) {
      const ended = await context.npm('invoke', name);
      findings.push([invokeRow(name), ended.code === 0 ? works : doesNot(reasonOf(ended))] as const);
    }
    return Object.fromEntries(findings);
  },
};

/** A log is written and read in seconds; on AWS too it comes within a minute or so. */
const ReadWithinMs = 90_000;
const LookEveryMs = 1_000;

const logPipeline: Job = {
  name: 'log-pipeline',
  group: 'factory',
  rows: ['log-pipeline'],
  run: async (context) => {
    const before = await ordersCounted(context);
    if (typeof before === 'string') {
      return { 'log-pipeline': doesNot(before) };
    }
    const ended = await context.npm('start', '--once', '--orders', String(Orders));
    if (ended.code !== 0) {
      return { 'log-pipeline': doesNot(reasonOf(ended)) };
    }
    const deadline = performance.now() + ReadWithinMs;
    let after = await ordersCounted(context);
    while (typeof after === 'number' && after - before < Orders && performance.now() < deadline) {
      await pause(LookEveryMs, undefined, { signal: context.signal });
      after = await ordersCounted(context);
    }
    if (typeof after === 'string') {
      return { 'log-pipeline': doesNot(after) };
    }
    const more = after - before;
    return {
      'log-pipeline': more === Orders ? works : doesNot(`it counts ${more} of ${Orders} orders that were baked`),
    };
  },
};

const report = z.object({ statusCode: z.literal(200), body: z.string().transform((body) => JSON.parse(body)) });
const counted = z.object({ orders: z.int().nonnegative() });

/** How many orders the satisfaction report counts, or why that is not known. */
async function ordersCounted(context: JobContext): Promise<number | string> {
  const ended = await context.npm('invoke', 'metrics', 'events/metrics/satisfaction.json');
  if (ended.code !== 0) {
    return reasonOf(ended);
  }
  return counted.parse(report.parse(JSON.parse(ended.stdout)).body).orders;
}

/** What a person does with the finished factory. Each job deploys it where it is not. */
export const factory: readonly Job[] = [start, invoke, logPipeline];
