import { watchMachine } from '../experiment/machine-load.ts';
import { durationsOf } from './cost/break-even.ts';
import { startStopwatch } from './load/generator.ts';
import { openHttpClient } from './load/http-client.ts';
import { orderRequestOf, visit } from './load/visit.ts';
import type { Calibration, FunctionDuration, PassedFunction } from './measurement.ts';
import type { SideToOpen } from './run-scenario.ts';
import { durationOf } from './side/calibrated-duration.ts';

export interface CalibrateOptions {
  /** The side with the functions. */
  readonly side: SideToOpen;
  /** Makes the names of its customers its own. */
  readonly run: string;
  readonly signal: AbortSignal;
}

/** Customers who come before, so that every environment is there. */
const first = 4;
const customers = 16;
/** Share of the processor time that customers may take, so that what they see is not the machine's own queue. */
const sustainable = 0.6;
const seed = 7;

/**
 * Serves some customers one by one, each when the one before has left, and finds out what that takes: each function by
 * itself, and the machine as a whole. Undefined where the side has no functions, or none of them reported.
 * @throws the reason of an abort
 */
export async function calibrate({ side: toOpen, run, signal }: CalibrateOptions): Promise<Calibration | undefined> {
  const side = await toOpen.open(signal);
  const client = openHttpClient(side.url, { signal });
  let index = 0;
  const serve = async (count: number) => {
    for (const last = index + count; index < last; index += 1) {
      const orderRequest = orderRequestOf(index, seed, `${run}-calibration`);
      const ignore = () => {};
      const stopwatch = startStopwatch(0, signal);
      await visit({ orderRequest, client, stopwatch, dueAt: 0, onSample: ignore, onAcknowledged: ignore });
    }
  };
  try {
    await serve(first);
    await side.begin();
    const started = performance.now();
    const watch = watchMachine();
    await serve(customers);
    const machine = watch.stop();
    const seconds = (performance.now() - started) / 1000;
    const activities = Object.entries((await side.activities?.()) ?? {});
    const durations = activities.flatMap(([name, activity]): [PassedFunction, FunctionDuration][] => {
      const duration = durationOf(activity);
      return duration ? [[name as PassedFunction, duration]] : [];
    });
    if (durations.length === 0) {
      return undefined;
    }
    const { cores, cpu, others = 0 } = machine;
    const cpuSeconds = (Math.max(0, cpu - others) * cores * seconds) / customers;
    return {
      ...{ customers, cpuSeconds, machine, functions: Object.fromEntries(durations) },
      sustainableRate: sustainableRate(cpuSeconds, { cores, others }),
    };
  } finally {
    client.close();
    await side.close();
  }
}

/** Customers a second with whom the machine is in use for 60 % of its time, with what others take of it; one at the least. */
export function sustainableRate(
  cpuSeconds: number,
  { cores, others }: { readonly cores: number; readonly others: number },
): number {
  const room = Math.max(0, sustainable - others) * cores;
  return Math.max(1, cpuSeconds > 0 ? room / cpuSeconds : Number.POSITIVE_INFINITY);
}

/** New customers a second where a person names no number, and the machine has room for them. */
export const usualRate = 20;

/** With fewer, too few orders come to count anything by. */
const leastRate = 5;

/** The rate where a person names none: the usual one, or what the machine sustains. */
export const defaultRate = (calibration: Calibration | undefined): number =>
  Math.max(leastRate, Math.min(usualRate, Math.floor(calibration?.sustainableRate ?? usualRate)));

/** What was found out, in a sentence. */
export function calibrationSentence(calibration: Calibration): string {
  const { sustainableRate: rate, cpuSeconds } = calibration;
  return `An invocation by itself takes: ${durationsOf(calibration)}. A customer takes ${Math.round(1000 * cpuSeconds)} ms of processor time, so ${Math.floor(rate)} a second leave 40 % of it free.`;
}
