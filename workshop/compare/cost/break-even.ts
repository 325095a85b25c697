import type { Calibration, Comparison, ScenarioRun, SideName, SideRun } from '../measurement.ts';
import { dollars as money, trimmed } from '../report/format.ts';
import { sideOf } from '../report/rows.ts';
import { type BillLine, billOf, type Cost, costPerThousandOrders, keptIn, listPrices, sumOf } from './cost.ts';
import file from './prices.json' with { type: 'json' };

/** What a load that never stops would cost both sides, in US dollars a month. */
export interface CostAtLoad {
  /** Orders a second. */
  readonly load: number;
  readonly servers: number;
  readonly functions: number;
}

/** From which load on servers cost less, if what was measured in a scenario went on day and night. */
export interface BreakEven {
  /** Orders a second; undefined where servers never cost less. */
  readonly load: number | undefined;
  /** The same for one server alone, without a balancer. */
  readonly ofLoneServer: number | undefined;
  /** Both sides, from no load at all to well beyond the break-even. */
  readonly curve: readonly CostAtLoad[];
  /** How many servers there were. */
  readonly servers: number;
  /** Orders a second that they kept when it was measured. */
  readonly measuredLoad: number;
  /** What a thousand orders cost then. */
  readonly costs: Readonly<Record<SideName, Cost>>;
}

/** As many as AWS counts to a month. */
const monthSeconds = 730 * 3600;
const points = 30;
const beyondLast = 2.5;

/**
 * The load at which both sides cost the same. Functions cost as much for each order; servers cost as much for each
 * second, and their logs for each order. Servers are taken to be as many as they were, whatever the load. Undefined where
 * not all was measured that is billed.
 */
export function breakEvenIn(run: ScenarioRun, prices = listPrices): BreakEven | undefined {
  const [servers, functions] = [sideOf(run, 'servers'), sideOf(run, 'functions')];
  if (!servers || !functions || run.partial !== undefined) {
    return undefined;
  }
  const costs = {
    servers: costPerThousandOrders(servers, prices),
    functions: costPerThousandOrders(functions, prices),
  };
  const bill = billOf(servers, prices);
  const { serverSeconds = 0, balancerSeconds: seconds = 0 } = servers.billable;
  if (!costs.servers || !costs.functions || !bill || !seconds) {
    return undefined;
  }
  const aSecond = dollarsOf(bill.filter(({ isByTime }) => isByTime)) / seconds;
  const byServers = dollarsOf(bill.filter(({ isByTime }) => !isByTime)) / keptIn(servers);
  const byFunctions = costs.functions.dollars / 1000;
  const { dollars, per } = prices.serverSeconds;
  const meet = (dollarsASecond: number) =>
    byFunctions > byServers ? dollarsASecond / (byFunctions - byServers) : undefined;
  const load = meet(aSecond);
  const farthest = beyondLast * (load ?? run.rate);
  return {
    ...{
      load,
      ofLoneServer: meet(dollars / per),
      servers: serverSeconds / seconds,
      measuredLoad: keptASecond(servers, run),
    },
    costs: { servers: costs.servers, functions: costs.functions },
    curve: Array.from({ length: points + 1 }, (_, i) => {
      const at = (farthest * i) / points;
      return {
        load: at,
        servers: (aSecond + at * byServers) * monthSeconds,
        functions: at * byFunctions * monthSeconds,
      };
    }),
  };
}

const keptASecond = ({ orders }: SideRun, { seconds }: ScenarioRun): number =>
  orders.filter(({ dueAt, outcome }) => dueAt >= 0 && outcome === 'kept').length / seconds;

/** The break-even of the first scenario in which there is one: that is the steady one, where it was run. */
export function breakEvenOf({ scenarios }: Pick<Comparison, 'scenarios'>): BreakEven | undefined {
  return scenarios.map((run) => breakEvenIn(run)).find((found) => found !== undefined);
}

const dollarsOf = (lines: readonly BillLine[]): number => sumOf(lines.map(({ dollars }) => dollars));

/** A load for a person. */
export const ordersASecond = (load: number): string => `${trimmed(load, load < 9.95 ? 1 : 0)} orders a second`;

/** From which load on servers cost less, in a sentence. */
export function breakEvenSentence({ load }: Pick<BreakEven, 'load'>): string {
  if (load === undefined) {
    return 'At no load do servers cost less.';
  }
  return `Below ${ordersASecond(load)}, day and night, functions cost less; above it, servers do.`;
}

/** What the cost of a thousand orders is made of, in a sentence. */
export function partsSentence({ costs }: Pick<BreakEven, 'costs'>): string {
  const partsOf = ({ dollars, parts }: Cost) =>
    `${money(dollars)} (${Object.entries(parts)
      .map(([part, each]) => `${part} ${money(each)}`)
      .join(', ')})`;
  return `When it was measured, 1,000 orders cost servers ${partsOf(costs.servers)}, and functions ${partsOf(costs.functions)}.`;
}

/** What a break-even takes for granted, in sentences. */
export function assumptionsOf(
  { servers, measuredLoad, load, ofLoneServer }: BreakEven,
  { calibration }: Pick<Comparison, 'calibration'> = {},
): string[] {
  const beyond = load !== undefined && load > measuredLoad;
  return [
    `Prices of ${file.region}, ${file.date}.`,
    `There are ${trimmed(servers, 1)} servers, each priced as ${file.server} and not held to that here, behind ${file.balancer}, whatever the load;` +
      ` they kept ${ordersASecond(measuredLoad)}${beyond ? '. Whether they could serve that many more was not measured' : ''}.`,
    ...(ofLoneServer === undefined
      ? []
      : [`One server alone costs less from ${ordersASecond(ofLoneServer)} on, and while it is away there is none.`]),
    calibration
      ? `Functions are billed for as long as each takes with one customer at a time: ${durationsOf(calibration)}.`
      : 'Functions are billed for as long as they took here, under load.',
    'Free tiers, traffic, storage, custom metrics and the polling of an empty queue are in neither.',
  ];
}

/** What each function takes by itself, in words. */
export const durationsOf = ({ functions }: Calibration): string =>
  Object.entries(functions)
    .map(([name, { warmMs }]) => `${name} ${warmMs.toFixed(1)} ms`)
    .join(', ');
