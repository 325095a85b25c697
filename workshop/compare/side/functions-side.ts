import { existsSync } from 'node:fs';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { fetchFrom } from '../../../client/endpoint/http-request.ts';
import type { Reach } from '../../../client/factory/function-environment.ts';
import { deployOtherwise } from '../../experiment/deploy-otherwise.ts';
import type { EnvironmentInfo, Faults } from '../../experiment/fault-port.ts';
import { eventsOf, logGroupsOf } from '../../experiment/function-log.ts';
import type { Billable, Calibration, PassedFunction, SideRun, Usage } from '../measurement.ts';
import { calibratedGbSeconds } from './calibrated-duration.ts';
import { type Activity, activityIn, bakesIn } from './function-logs.ts';
import { residentMemoryOf } from './memory.ts';
import { type Side, SideGone } from './side.ts';

/** Where the finished factory is. */
export interface FunctionsOptions {
  /** The outputs of its stack. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly reach: Reach;
  /** The endpoint's fault port; missing where it has none, and then nothing can be killed and no memory measured. */
  readonly faults?: Faults;
  /** How long each function takes by itself. @default - functions are billed for as long as they took */
  readonly durations?: Calibration['functions'];
}

/** Takes the deployed factory as it is, and notes from when on its logs are about the customers to come. */
export async function openFunctionsSide(options: FunctionsOptions): Promise<Side> {
  const { outputs, reach, faults } = options;
  await checkEndpoint(reach.endpoint);
  const [lambda, logs] = [new LambdaClient(reach), new CloudWatchLogsClient(reach)];
  try {
    const groupsOf = (output: string) => logGroupsOf(lambda, outputs[output] ?? '');
    const [ordering, baking, analytics] = await Promise.all([
      groupsOf('OrderingFunction'),
      groupsOf('BakingFunction'),
      groupsOf('AnalyticsFunction'),
    ]);
    // What an earlier scenario has warmed up is neither merit nor memory of this one.
    for (const name of functionsOf(outputs, anOrderPasses)) {
      await faults?.kill(name);
    }
    return new FunctionsSide({ ...options, lambda, logs, groups: { ordering, baking, analytics } });
  } catch (error) {
    lambda.destroy();
    logs.destroy();
    throw error;
  }
}

interface Opened extends FunctionsOptions {
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  /** The log groups of each function. */
  readonly groups: Readonly<Record<'ordering' | 'baking' | 'analytics', readonly string[]>>;
}

/** Outputs with the functions that take an order, bake it, and note what the log says of it. */
const anOrderPasses = ['OrderingFunction', 'BakingFunction', 'AnalyticsFunction'] as const;

class FunctionsSide implements Side {
  readonly name = 'functions';
  readonly url: string;
  readonly #opened: Opened;
  #since = Date.now();
  #meteredBefore: Metered | undefined;
  /** What takes back a deploy, or a kill that no process was left for. */
  readonly #takeBack: (() => Promise<void>)[] = [];

  constructor(opened: Opened) {
    this.#opened = opened;
    this.url = opened.outputs['OrderingUrl'] ?? '';
  }

  /** Ends an environment that takes orders and one that bakes them, each with work in hand. */
  async kill(): Promise<void> {
    const { faults, outputs } = this.#opened;
    if (!faults) {
      throw new Error('This endpoint has no fault port by which an environment could be killed.');
    }
    for (const name of functionsOf(outputs, ['BakingFunction', 'OrderingFunction'])) {
      this.#takeBack.push(() => faults.killAtWork(name, 0));
      await faults.killAtWork(name, 1);
    }
  }

  /** Publishes a version of the functions that take and bake orders, and moves the alias that runs to it. */
  async deploy(): Promise<void> {
    const { lambda, outputs } = this.#opened;
    for (const name of functionsOf(outputs, ['OrderingFunction', 'BakingFunction'])) {
      this.#takeBack.push(await deployOtherwise(lambda, name, { description: `Deployed again at ${Date.now()}` }));
    }
  }

  /** The platform does this: there is nothing to do. */
  async scaleOut(): Promise<void> {}

  /** The platform's business, too. */
  async scaleIn(): Promise<void> {}

  async usage(): Promise<Omit<Usage, 'at'> | undefined> {
    const { faults, outputs } = this.#opened;
    if (!faults) {
      return undefined;
    }
    const lists = await Promise.all(functionsOf(outputs, anOrderPasses).map((name) => faults.environments(name)));
    const environments = lists.flat();
    if (!environments.every(isHere)) {
      return undefined;
    }
    const memoryBytes = await residentMemoryOf(environments.map(({ processId }) => processId));
    return memoryBytes === undefined ? undefined : { processes: environments.length, memoryBytes };
  }

  async check(): Promise<void> {
    await checkEndpoint(this.#opened.reach.endpoint);
  }

  async begin(): Promise<void> {
    this.#meteredBefore = await meteredAt(this.#opened.reach.endpoint);
    this.#since = Date.now();
  }

  async account(): Promise<Pick<SideRun, 'billable' | 'load'>> {
    const { reach, durations = {} } = this.#opened;
    const metered = await meteredAt(reach.endpoint);
    const activities = await this.activities();
    const { ordering, baking } = activities;
    return {
      load: ordering.invocations,
      billable: {
        ...billableOf(activities, durations),
        ...(metered && this.#meteredBefore && usedBetween(this.#meteredBefore, metered, baking)),
      },
    };
  }

  async activities(): Promise<Readonly<Record<PassedFunction, Activity>>> {
    const { logs, groups } = this.#opened;
    const activityOf = (ofOne: readonly string[]) => activityIn(eventsOf(logs, { groups: ofOne, since: this.#since }));
    const [ordering, baking, analytics] = await Promise.all([
      activityOf(groups.ordering),
      activityOf(groups.baking),
      activityOf(groups.analytics),
    ]);
    return { ordering, baking, analytics };
  }

  async bakes(): Promise<ReadonlyMap<string, number>> {
    const { logs, groups } = this.#opened;
    return await bakesIn(eventsOf(logs, { groups: groups.baking, since: this.#since, pattern: '"OrderBaked"' }));
  }

  async close(): Promise<void> {
    const { lambda, logs } = this.#opened;
    // An endpoint that is gone has nothing left to be put back.
    for (const takeBack of this.#takeBack.splice(0)) {
      await takeBack().catch(() => undefined);
    }
    lambda.destroy();
    logs.destroy();
  }
}

/** Outputs that name functions. */
const functionsOf = (outputs: FunctionsOptions['outputs'], names: readonly string[]): string[] =>
  names.flatMap((name) => outputs[name] ?? []);

function billableOf(
  activities: Readonly<Record<PassedFunction, Activity>>,
  durations: Calibration['functions'],
): Billable {
  const all = Object.entries(activities) as [PassedFunction, Activity][];
  const sum = (of: (activity: Activity, name: PassedFunction) => number) =>
    all.reduce((total, [name, activity]) => total + of(activity, name), 0);
  return {
    lambdaRequests: sum(invocationsOf),
    lambdaGbSeconds: sum((activity, name) => calibratedGbSeconds(activity, durations[name])),
    logBytes: sum(({ logBytes }) => logBytes),
  };
}

const invocationsOf = ({ invocations }: Activity): number =>
  Object.values(invocations).reduce((total, count) => total + count, 0);

/** For each batch Lambda asks the queue once for messages, and once to remove them. */
function usedBetween(before: Metered, after: Metered, baking: Activity): Metered {
  return {
    dynamodbWriteUnits: after.dynamodbWriteUnits - before.dynamodbWriteUnits,
    dynamodbReadUnits: after.dynamodbReadUnits - before.dynamodbReadUnits,
    sqsRequests: after.sqsRequests - before.sqsRequests + 2 * invocationsOf(baking),
  };
}

/** @throws SideGone where nothing answers, whatever the answer is */
async function checkEndpoint(endpoint: string): Promise<void> {
  try {
    const response = await fetchFrom(endpoint, { signal: AbortSignal.timeout(answersWithin) });
    await response.arrayBuffer();
  } catch {
    throw new SideGone(`The endpoint at ${endpoint} does not answer any more.`);
  }
}

/** Whether an environment's process is one of this machine, as its folder is. */
const isHere = ({ temporaryDirectory }: EnvironmentInfo): boolean => existsSync(temporaryDirectory);

/** What the services behind the functions were asked for. */
export type Metered = Required<Pick<Billable, 'dynamodbWriteUnits' | 'dynamodbReadUnits' | 'sqsRequests'>>;

const health = z.object({
  calls: z.record(z.string(), z.number()),
  consumedCapacity: z.object({ readUnits: z.number(), writeUnits: z.number() }),
});

const answersWithin = 15_000;

/**
 * What an embedded endpoint has counted since it started, by its health page. Undefined where another one is: AWS knows it as
 * metrics, minutes later. Requests to SQS are those over HTTP, and not those by which Lambda empties a queue.
 */
export async function meteredAt(endpoint: string): Promise<Metered | undefined> {
  const signal = AbortSignal.timeout(answersWithin);
  const response = await fetchFrom(new URL('/_emulator/health', endpoint), { signal });
  const page = health.safeParse(await response.json().catch(() => undefined));
  if (!page.success) {
    return undefined;
  }
  const { calls, consumedCapacity } = page.data;
  const sqs = Object.entries(calls).filter(([call]) => call.startsWith('sqs:'));
  return {
    dynamodbWriteUnits: consumedCapacity.writeUnits,
    dynamodbReadUnits: consumedCapacity.readUnits,
    sqsRequests: sqs.reduce((sum, [, count]) => sum + count, 0),
  };
}
