import type { MachineLoad } from '../experiment/machine-load.ts';

/** The two ways to run the same factory that are compared. */
export type SideName = 'servers' | 'functions';

/** What a customer does, in this order: places an order, lists the own orders, follows the order until it is baked. */
export type Step = 'place' | 'list' | 'follow';

/** One request as its customer saw it. */
export interface Sample {
  readonly step: Step;
  /** When it was due, in milliseconds from the start of the measurement; less than 0 while warming up. */
  readonly dueAt: number;
  /**
   * From the moment it was due to the end of its answer. Counted from there and not from when it was sent, a generator that
   * falls behind makes latencies longer and not invisible (coordinated omission).
   */
  readonly latencyMs: number;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
}

/** What became of an order that was acknowledged. It is kept only if it can be read back and was baked once. */
export type Outcome = 'kept' | 'lost' | 'not baked' | 'baked twice';

export interface OrderOutcome {
  readonly orderId: string;
  /** When it was due to be placed, as in {@link Sample}. */
  readonly dueAt: number;
  readonly outcome: Outcome;
  /** Milliseconds from when it was placed until it was baked, by its own account. Missing where it was not. */
  readonly bakedAfterMs?: number;
}

/** How much a side was using at a moment. */
export interface Usage {
  readonly at: number;
  /** Server processes, or execution environments. */
  readonly processes: number;
  /** Their resident memory together, in bytes. */
  readonly memoryBytes: number;
}

/** What AWS would bill for a side, measured over the whole run. What is missing is not used there, or was not measured. */
export interface Billable {
  readonly lambdaRequests?: number;
  /** Memory size times billed duration, initialisation included. */
  readonly lambdaGbSeconds?: number;
  /** Of tables on demand and their indexes. */
  readonly dynamodbWriteUnits?: number;
  readonly dynamodbReadUnits?: number;
  readonly sqsRequests?: number;
  /** What functions, or servers, wrote to their logs. */
  readonly logBytes?: number;
  /** Of all servers together. */
  readonly serverSeconds?: number;
  readonly balancerSeconds?: number;
}

/** One side in one scenario. */
export interface SideRun {
  readonly side: SideName;
  readonly samples: readonly Sample[];
  readonly orders: readonly OrderOutcome[];
  readonly usage: readonly Usage[];
  readonly billable: Billable;
  /** Requests by server, or by execution environment. */
  readonly load: Readonly<Record<string, number>>;
  /** How busy the machine was while it was measured. Missing where it did not come so far. */
  readonly machine?: MachineLoad;
}

/** Something that was done to both sides in the middle of a scenario, such as killing a process. */
export interface Incident {
  readonly at: number;
  readonly title: string;
}

export interface ScenarioRun {
  readonly scenario: string;
  readonly title: string;
  /** New customers a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly incidents: readonly Incident[];
  readonly sides: readonly SideRun[];
  /** Why it did not come to its end; missing where it did. */
  readonly partial?: string;
}

/** The functions that an order passes, in this order. */
export type PassedFunction = 'ordering' | 'baking' | 'analytics';

/** What one invocation takes where nothing else is asked of the machine. */
export interface FunctionDuration {
  /** Milliseconds, on average of those whose environment was there. */
  readonly warmMs: number;
  /** Milliseconds to start an environment. Missing where none had to. */
  readonly initMs?: number;
  readonly invocations: number;
}

/** What was found out with one customer at a time, before anything was compared. */
export interface Calibration {
  readonly customers: number;
  readonly functions: Readonly<Partial<Record<PassedFunction, FunctionDuration>>>;
  /** Seconds of processor time that one customer of the functions takes, from first to last. */
  readonly cpuSeconds: number;
  readonly machine: MachineLoad;
  /** New customers a second that this machine serves and is in use for 60 % of its time at most. */
  readonly sustainableRate: number;
}

/** All that `npm run compare` measured. */
export interface Comparison {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endpoint: string;
  readonly seed: number;
  /** Missing where it could not be done: then functions are billed for as long as they took under load. */
  readonly calibration?: Calibration;
  readonly machine: {
    readonly cpus: number;
    readonly memoryBytes: number;
    readonly node: string;
    readonly platform: string;
  };
  readonly scenarios: readonly ScenarioRun[];
}
