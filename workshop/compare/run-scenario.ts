import { type MachineWatch, watchMachine } from '../experiment/machine-load.ts';
import { AcknowledgedOrders } from './load/acknowledged-orders.ts';
import { arrivalsIn, openLoop, type Stopwatch, startStopwatch } from './load/generator.ts';
import { type Answer, type HttpClient, openHttpClient } from './load/http-client.ts';
import { orderRequestOf, visit } from './load/visit.ts';
import type { Sample, ScenarioRun, SideName, SideRun, Usage } from './measurement.ts';
import { incidentsOf, type Scenario, stretchesOf } from './scenarios.ts';
import type { Side } from './side/side.ts';

/** How to open a side; what it needs to leave nothing behind is its own business. */
export interface SideToOpen {
  readonly name: SideName;
  readonly open: (signal: AbortSignal) => Promise<Side>;
}

export interface ScenarioOptions {
  readonly scenario: Scenario;
  /** New customers a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Seconds before, in which customers come and what they see is no result. */
  readonly warmUp: number;
  readonly seed: number;
  /** Makes the names of its customers its own, at an endpoint that remembers those of earlier runs. */
  readonly run: string;
  readonly sides: readonly SideToOpen[];
  /** Ends it; what was measured until then is kept. */
  readonly signal: AbortSignal;
  /** Called with what is being done, and, as a detail, how far it is, twice a second. */
  readonly onProgress: (progress: string, isDetail: boolean) => void;
}

const accepted = 202;
const longestReason = 200;
const lookEvery = 500;
/** Customers who come one by one before the warm-up. */
const firstCustomers = 8;
/**
 * Milliseconds for orders that are not baked when the last customer leaves: longer than the bake queue hides a message
 * from others whose reader died.
 */
const settlesWithin = 75_000;

interface Measured {
  readonly run: SideRun;
  /** Why it did not come to its end. */
  readonly partial?: string;
}

/**
 * Runs a scenario on both sides, one after the other so that neither takes anything from the other, with the same
 * customers. What goes wrong on the way ends a side and makes the result a partial one; it is not thrown.
 */
export async function runScenario(options: ScenarioOptions): Promise<ScenarioRun> {
  const { scenario, rate, seconds, sides, signal } = options;
  const incidents = incidentsOf(scenario, seconds).map(({ at, title }) => ({ at, title }));
  const measured: Measured[] = [];
  const partial: string[] = [];
  for (const side of sides) {
    if (signal.aborted) {
      break;
    }
    try {
      const one = await onSide(side, options);
      measured.push(one);
      if (one.partial !== undefined) {
        partial.push(`${side.name}: ${one.partial}`);
      }
    } catch (error) {
      partial.push(`${side.name}: ${messageOf(error)}`);
    }
  }
  if (signal.aborted && partial.length === 0) {
    partial.push(messageOf(signal.reason));
  }
  return {
    ...{ scenario: scenario.name, title: scenario.title, rate, seconds, incidents },
    sides: measured.map(({ run }) => run),
    ...(partial.length > 0 && { partial: partial.join('; ') }),
  };
}

async function onSide({ name, open }: SideToOpen, options: ScenarioOptions): Promise<Measured> {
  options.onProgress(`${name}: opening`, false);
  const side = await open(options.signal);
  try {
    return await new Measurement(side, options).run();
  } finally {
    await side.close();
  }
}

/** One side in one scenario, while it is measured. */
class Measurement {
  readonly #side: Side;
  readonly #options: ScenarioOptions;
  readonly #samples: Sample[] = [];
  readonly #usage: Usage[] = [];
  readonly #orders = new AcknowledgedOrders();
  readonly #stop = new AbortController();
  /** From the first customer who counts on. */
  #machine: MachineWatch | undefined;

  constructor(side: Side, options: ScenarioOptions) {
    this.#side = side;
    this.#options = options;
  }

  async run(): Promise<Measured> {
    const signal = AbortSignal.any([this.#options.signal, this.#stop.signal]);
    try {
      await this.#prime(signal);
      await this.#side.begin();
    } catch (error) {
      return this.#result({}, messageOf(await this.#causeOf(error)));
    }
    const stopwatch = startStopwatch(this.#options.warmUp * 1000, signal);
    // Whatever fails first ends the others.
    const parts = [this.#customers(stopwatch, signal), this.#incidents(stopwatch), this.#watch(stopwatch)];
    await Promise.all(parts.map((part) => part.catch((error: unknown) => this.#stop.abort(error))));
    this.#machine?.stop();
    if (signal.aborted) {
      return this.#result({}, await this.#reason(signal.reason, stopwatch));
    }
    const { onProgress } = this.#options;
    onProgress(`${this.#side.name}: asking after ${this.#orders.size} orders`, false);
    let known: Partial<SideRun> = {};
    try {
      // Before: what asking takes is not on the bill. Nor is, by that, what is baked only then.
      known = await this.#side.account();
      return this.#result({ ...known, orders: await this.#settle(signal) });
    } catch (error) {
      return this.#result(known, messageOf(await this.#causeOf(error)));
    }
  }

  #result(known: Partial<SideRun>, partial?: string): Measured {
    const { name } = this.#side;
    const run = { side: name, samples: this.#samples, usage: this.#usage, orders: [], billable: {}, load: {} };
    const machine = this.#machine?.stop();
    return { run: { ...run, ...known, ...(machine && { machine }) }, ...(partial !== undefined && { partial }) };
  }

  /** Where the side is not there any more, that is the reason for whatever else went wrong. */
  async #causeOf(error: unknown): Promise<unknown> {
    if (this.#options.signal.aborted) {
      return error;
    }
    return await this.#side.check().then(
      () => error,
      (gone: unknown) => gone,
    );
  }

  /** Why it ended, and when. */
  async #reason(error: unknown, stopwatch: Stopwatch): Promise<string> {
    const seconds = stopwatch.now() / 1000;
    const cause = await this.#causeOf(error);
    const when = seconds < 0 ? 'in the warm-up' : `${seconds.toFixed(1)} s into the measurement`;
    return `${messageOf(cause).replace(/\.$/, '')}, ${when}.`;
  }

  /**
   * Serves a few customers one by one, who leave no trace in the result: either side has to have started before it can be
   * warmed up. All at once, they would have a cold side start many processes at once, so that it is busy with that all along.
   * What a cold start costs is seen where it belongs: in a burst, after a kill, in a deploy.
   *
   * @throws where not one of their orders was taken: a side that does not answer cannot be compared with one that does
   */
  async #prime(signal: AbortSignal): Promise<void> {
    const { seed, run } = this.#options;
    const client = openHttpClient(this.#side.url, { signal });
    const ignore = () => {};
    const answers: Answer[] = [];
    const noting: HttpClient = {
      ...client,
      ask: async (request) => {
        const answer = await client.ask(request);
        if (request.method === 'POST') {
          answers.push(answer);
        }
        return answer;
      },
    };
    try {
      for (let index = 0; index < firstCustomers; index += 1) {
        const orderRequest = orderRequestOf(index, seed, `${run}-first`);
        const stopwatch = startStopwatch(0, signal);
        await visit({ orderRequest, client: noting, stopwatch, dueAt: 0, onSample: ignore, onAcknowledged: ignore });
      }
      if (!answers.some(({ status }) => status === accepted)) {
        throw new Error(noneTaken(answers));
      }
    } finally {
      client.close();
    }
  }

  async #customers(stopwatch: Stopwatch, signal: AbortSignal): Promise<void> {
    const { scenario, seed, run } = this.#options;
    const client = openHttpClient(this.#side.url, { signal });
    try {
      await openLoop({
        arrivals: arrivalsIn(stretchesOf(scenario, this.#options), seed),
        stopwatch,
        arrive: (dueAt, index) =>
          visit({
            ...{ orderRequest: orderRequestOf(index, seed, run), client, stopwatch, dueAt },
            onSample: (sample) => this.#samples.push(sample),
            onAcknowledged: (order) => this.#orders.acknowledged(order),
          }),
      });
    } finally {
      client.close();
    }
  }

  async #incidents(stopwatch: Stopwatch): Promise<void> {
    const { scenario, seconds, onProgress } = this.#options;
    for (const { at, title, action } of incidentsOf(scenario, seconds)) {
      await stopwatch.until(at);
      onProgress(`${this.#side.name}: ${title}`, false);
      await this.#side[action]();
    }
  }

  /** Notes what the side uses, sees that it is still there, and tells how far it is. */
  async #watch(stopwatch: Stopwatch): Promise<void> {
    const { seconds, warmUp, onProgress } = this.#options;
    onProgress(`${this.#side.name}: warming up for ${warmUp} s`, false);
    let isMeasuring = false;
    const end = seconds * 1000;
    for (let look = stopwatch.now(); look <= end; look = Math.max(look + lookEvery, stopwatch.now())) {
      await stopwatch.until(look);
      const at = stopwatch.now();
      const [usage] = await Promise.all([this.#side.usage(), this.#side.check()]);
      if (usage) {
        this.#usage.push({ at, ...usage });
      }
      if (at >= 0 && !isMeasuring) {
        isMeasuring = true;
        this.#machine = watchMachine();
        onProgress(`${this.#side.name}: measuring for ${seconds} s`, false);
      }
      const phase = at < 0 ? 'warming up' : `${Math.floor(at / 1000)} of ${seconds} s`;
      onProgress(`${this.#side.name}: ${phase}, ${this.#samples.length} requests, ${this.#orders.size} orders`, true);
    }
  }

  /** Asks after all orders. A side that is not there any more has not lost them: that is not known. */
  async #settle(signal: AbortSignal) {
    const client = openHttpClient(this.#side.url, { signal });
    const bakes = this.#side.bakes?.bind(this.#side);
    try {
      return await this.#orders.settle({
        ...{ client, patience: settlesWithin, signal, ...(bakes && { bakes }) },
        check: () => this.#side.check(),
        onWaiting: (count) => this.#options.onProgress(`${this.#side.name}: waiting for ${count} to be baked`, true),
      });
    } finally {
      client.close();
    }
  }
}

function noneTaken(answers: readonly Answer[]): string {
  const { status, body, cause } = answers.at(-1) ?? { status: 0, body: '', cause: 'it was not asked' };
  const why = status === 0 ? (cause ?? 'no answer') : `it was answered ${status}: ${body.slice(0, longestReason)}`;
  return `It took none of the first ${answers.length} orders. ${why}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
