import { existsSync } from 'node:fs';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { deployOtherwise } from '../proof/deploy-otherwise.ts';
import type { EnvironmentInfo, Faults } from '../proof/faults.ts';
import { until } from '../proof/until.ts';
import type { Reach } from '../servers/deployed-environment.ts';
import { bakesIn, eventsOf, invocationsIn, logGroupOf } from './function-logs.ts';
import type { Billable, SideRun, Usage } from './measurement.ts';
import { residentMemoryOf } from './memory.ts';
import { type Side, SideGone } from './side.ts';

/** Where the finished factory is. */
export interface FunctionsOptions {
  /** The outputs of its stack. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly reach: Reach;
  /** The endpoint's fault port; missing where it has none, and then nothing can be killed and no memory measured. */
  readonly faults?: Faults;
  /** Begins to count what is billed; what it gives is asked for once, at the end. @default - nothing is counted */
  readonly meter?: () => Promise<() => Promise<Billable>>;
}

/** Takes the deployed factory as it is, and notes from when on its logs are about the customers to come. */
export async function openFunctionsSide(options: FunctionsOptions): Promise<Side> {
  const { outputs, reach } = options;
  await checkEndpoint(reach.endpoint);
  const [lambda, logs] = [new LambdaClient(reach), new CloudWatchLogsClient(reach)];
  try {
    const [ordering, baking] = await Promise.all(
      ['OrderingFunction', 'BakingFunction'].map((output) => logGroupOf(lambda, outputs[output] ?? '')),
    );
    return new FunctionsSide({ ...options, lambda, logs, groups: { ordering, baking } });
  } catch (error) {
    lambda.destroy();
    logs.destroy();
    throw error;
  }
}

interface Opened extends FunctionsOptions {
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly groups: { readonly ordering: string | undefined; readonly baking: string | undefined };
}

const ANSWERS_WITHIN = 3_000;

class FunctionsSide implements Side {
  readonly name = 'functions';
  readonly url: string;
  readonly #opened: Opened;
  #since = Date.now();
  #readBill: (() => Promise<Billable>) | undefined;
  /** What takes a deploy back. */
  readonly #takeBack: (() => Promise<void>)[] = [];

  constructor(opened: Opened) {
    this.#opened = opened;
    this.url = opened.outputs['OrderingUrl'] ?? '';
  }

  /**
   * Ends an environment of the function that customers talk to, in the middle of its work. Where its process is not one of
   * this machine, the fault port ends all that the function has.
   */
  async kill(): Promise<void> {
    const { faults } = this.#opened;
    const ordering = this.#functionNames()[0] ?? '';
    if (!faults) throw new Error('This endpoint has no fault port by which an environment could be killed.');
    const atWork = async () => (await faults.environments(ordering)).find(({ busy }) => busy);
    // One at work, which has something to lose; they are so fast that it takes several looks to find one.
    const victim = (await until(atWork, { within: 500, every: 1 })) ?? (await faults.environments(ordering))[0];
    if (!victim) throw new Error('No execution environment runs that could be killed.');
    if (isHere(victim)) process.kill(victim.processId, 'SIGKILL');
    else await faults.kill(ordering);
  }

  /** Publishes a version of the functions that take and bake orders, and moves the alias that runs to it. */
  async deploy(): Promise<void> {
    const { lambda } = this.#opened;
    for (const name of this.#functionNames().slice(0, 2)) {
      this.#takeBack.push(await deployOtherwise(lambda, name, { description: `Deployed again at ${Date.now()}` }));
    }
  }

  /** The platform's business: nobody has to do anything. */
  async scaleOut(): Promise<void> {}

  /** The platform's business, too. */
  async scaleIn(): Promise<void> {}

  async usage(): Promise<Omit<Usage, 'at'> | undefined> {
    const { faults } = this.#opened;
    if (!faults) return undefined;
    const lists = await Promise.all(this.#functionNames().map((name) => faults.environments(name)));
    const environments = lists.flat();
    if (!environments.every(isHere)) return undefined;
    const memoryBytes = await residentMemoryOf(environments.map(({ processId }) => processId));
    return memoryBytes === undefined ? undefined : { processes: environments.length, memoryBytes };
  }

  async check(): Promise<void> {
    await checkEndpoint(this.#opened.reach.endpoint);
  }

  async begin(): Promise<void> {
    this.#readBill = await this.#opened.meter?.();
    this.#since = Date.now();
  }

  async account(): Promise<Pick<SideRun, 'billable' | 'load'>> {
    const { logs, groups } = this.#opened;
    const since = this.#since;
    const group = groups.ordering ?? '';
    const streams = await invocationsIn(eventsOf(logs, { group, since, pattern: '"REPORT RequestId"' }));
    // A stream is called `2026/11/23/[1]4f…` or `2026/11/23/name[1]4f…`.
    const load = Object.entries(streams).map(([stream, count]) => [stream.split('/').at(-1) ?? stream, count] as const);
    return {
      load: Object.fromEntries(load),
      billable: (await this.#readBill?.()) ?? { requests: 0, gbSeconds: 0, serverSeconds: 0, backingServices: {} },
    };
  }

  async bakes(): Promise<ReadonlyMap<string, number>> {
    const { logs, groups } = this.#opened;
    return await bakesIn(eventsOf(logs, { group: groups.baking ?? '', since: this.#since, pattern: '"OrderBaked"' }));
  }

  async close(): Promise<void> {
    const { lambda, logs } = this.#opened;
    // An endpoint that is gone has nothing left to be put back.
    for (const takeBack of this.#takeBack.splice(0)) await takeBack().catch(() => undefined);
    lambda.destroy();
    logs.destroy();
  }

  /** The functions that an order passes: that take it, bake it, and note what the log says of it. */
  #functionNames(): string[] {
    const { outputs } = this.#opened;
    return ['OrderingFunction', 'BakingFunction', 'AnalyticsFunction'].flatMap((output) => outputs[output] ?? []);
  }
}

/** @throws SideGone where nobody answers, whatever the answer is */
async function checkEndpoint(endpoint: string): Promise<void> {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(ANSWERS_WITHIN) });
    await response.arrayBuffer();
  } catch {
    throw new SideGone(`The endpoint at ${endpoint} does not answer any more.`);
  }
}

/** Whether an environment's process is one of this machine, as its folder is. */
const isHere = ({ temporaryDirectory }: EnvironmentInfo): boolean => existsSync(temporaryDirectory);
