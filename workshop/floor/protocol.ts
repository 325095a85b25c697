/** What the server and the page of the floor say to each other. The page gets {@link Frame}s, and sends {@link BreakRequest}s. */

/** Where an order is. The last three are exits: nothing more is told of it. */
export type Place = 'counter' | 'drawer' | 'belt' | 'oven' | 'deadLetters' | 'shelf' | Exit;

/** `collected`: its customer has it. `refused`: it was never taken. `lost`: it was acknowledged, and cannot be read back. */
export type Exit = 'collected' | 'refused' | 'lost';

/** An order, or a message that is none. */
export interface Thing {
  readonly id: number;
  readonly place: Place;
  /** Which environment has it: of a counter, a drawer or an oven. Empty where none has, or it is not known. */
  readonly environment: string;
  readonly recipe: string;
  readonly isBaked: boolean;
  /** How often its message was handed out. */
  readonly tries: number;
  /** What nobody can read. */
  readonly isPoison: boolean;
  readonly isBakedTwice: boolean;
  /**
   * Whoever had its message in hand is gone, and the queue hides it until then, in milliseconds since the epoch. 0: that is not so.
   */
  readonly hiddenUntil: number;
}

export type Role = 'counter' | 'baker' | 'other';

export interface Environment {
  /** As the fault port knows it. */
  readonly id: string;
  readonly role: Role;
  readonly state: 'starting' | 'idle' | 'busy';
  readonly version: string;
  readonly served: number;
}

/** What a lane is made of, which says what is drawn of it. */
export interface LaneParts {
  readonly runsOn: 'Lambda' | 'servers';
  readonly hasQueue: boolean;
  readonly hasDeadLetters: boolean;
  readonly hasTable: boolean;
  /** Whether a deploy keeps the version before it. */
  readonly hasVersions: boolean;
}

/** Counted since the floor opened, or measured lately. Null: it is not known. */
export interface Figures {
  readonly arrived: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly collected: number;
  readonly lost: number;
  readonly bakedTwice: number;
  /** Orders that were baked in a second, of the last five. */
  readonly bakedPerSecond: number | null;
  /** Milliseconds from an order to its answer, of the newest 200. */
  readonly answerP50: number | null;
  readonly answerP95: number | null;
  readonly environments: number | null;
  readonly memoryMegabytes: number | null;
  /** The share of all orders that were baked within the promised time, from 0 to 1, by the factory's own account. */
  readonly satisfied: number | null;
  /** How often a cleaning ran; null where the factory has none. */
  readonly cleanings: number | null;
  /** US dollars. */
  readonly costPerThousand: number | null;
}

export interface QueueFigures {
  readonly waiting: number;
  readonly inFlight: number;
  readonly returned: number;
  readonly deadLetters: number;
}

export interface LaneSummary {
  readonly title: string;
  readonly subtitle: string;
  /** `building`: there is no such stack yet, or it is being made. `gone`: it was deleted. */
  readonly status: 'building' | 'open' | 'gone';
  /** What is under way, for a person to read. */
  readonly doing: string;
  readonly parts: LaneParts;
  readonly version: string;
  readonly environments: readonly Environment[];
  readonly queue: QueueFigures | null;
  /** Orders in the table. */
  readonly stored: number | null;
  readonly figures: Figures;
  /** What became of the work of processes that ended, in a sentence; empty where there is nothing to say. */
  readonly outcome: string;
}

export interface LogLine {
  readonly environment: string;
  readonly text: string;
}

/** What happened to a lane since the frame before. */
export interface LaneFrame {
  readonly summary?: LaneSummary;
  readonly things?: readonly Thing[];
  /** Environments that ended, and why. */
  readonly ended?: readonly { readonly id: string; readonly reason: string }[];
  readonly lines?: readonly LogLine[];
}

export interface Frame {
  /** Whether this is all there is, and not what changed. */
  readonly isWhole: boolean;
  readonly lanes: readonly LaneFrame[];
  readonly settings?: Settings;
}

export interface Settings {
  /** New customers a second. */
  readonly traffic: number;
  /** Whether the endpoint answers, and what is said where it does not. */
  readonly connection: { readonly isThere: boolean; readonly text: string };
  /** What can be broken. */
  readonly breaks: readonly BreakState[];
  /** The newest things that were done, the newest first. */
  readonly done: readonly Done[];
  readonly scene: string;
}

export interface BreakState {
  readonly name: string;
  readonly title: string;
  /** What it does. */
  readonly does: string;
  /** What to watch for. */
  readonly watch: string;
  /** Why it cannot be done here; empty where it can. */
  readonly unavailable: string;
  /** It lasts. Done again, it ends. */
  readonly isOn: boolean;
  /** It is under way. It cannot be done again before that is over. */
  readonly isWorking: boolean;
}

export interface Done {
  readonly id: number;
  readonly text: string;
  readonly isBad: boolean;
}

export interface Scene {
  readonly name: string;
  readonly title: string;
  /** Snapshots, one or two. */
  readonly lanes: readonly number[];
  /** What is to be seen of each lane, in some words. */
  readonly shows: readonly [string, string];
  readonly traffic: number;
  /** The break that it shows; none where the traffic itself is. */
  readonly breaks?: string;
  /** Three sentences: what you see, what happens, why. */
  readonly sentences: readonly [string, string, string];
}

export type BreakRequest =
  | { readonly action: 'break'; readonly name: string }
  | { readonly action: 'kill'; readonly lane: number; readonly environment: string }
  | { readonly action: 'traffic'; readonly perSecond: number }
  /** A scene by its name; with none, the floor is again as it was opened. */
  | { readonly action: 'scene'; readonly name: string };

/** The most customers a second. */
export const mostTraffic = 50;
/** Orders of a burst. */
export const burstSize = 100;
