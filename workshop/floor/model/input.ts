import type { ActivityEvent, Snapshot } from 'embedded-aws';
import type { Billable } from '../../compare/measurement.ts';

/** What a lane learns. Times are in milliseconds since the epoch. */
export type LaneInput =
  | { readonly type: 'event'; readonly event: ActivityEvent }
  /** The endpoint tells what there is now: when the floor connects, and after a connection was lost. */
  | { readonly type: 'present'; readonly snapshot: Snapshot }
  | { readonly type: 'tick'; readonly time: number }
  | { readonly type: 'memory'; readonly bytes: number | undefined }
  /** Of what no event tells. */
  | { readonly type: 'billed'; readonly what: keyof Billable; readonly amount: number }
  /** The share of orders that were baked in time, by the factory's own account. */
  | { readonly type: 'satisfied'; readonly share: number | undefined }
  /** A line of a log, and the next, of an endpoint that tells no events. */
  | { readonly type: 'logged'; readonly text: string }
  | { readonly type: 'polled'; readonly waiting: number; readonly inFlight: number; readonly deadLetters: number }
  | CustomerInput;

/** What customers do and see. They are the ones who know what was promised. */
export type CustomerInput =
  | { readonly type: 'arrived'; readonly customer: number; readonly recipe: string }
  | Acknowledged
  | { readonly type: 'refused'; readonly customer: number; readonly milliseconds: number }
  | Seen
  | { readonly type: 'collected'; readonly orderId: string }
  | { readonly type: 'lost'; readonly orderId: string };

/** Read back: there, and baked or not. */
export interface Seen {
  readonly type: 'seen';
  readonly orderId: string;
  readonly bakedAt: string | undefined;
  /** How often it was baked, where the order itself says so. */
  readonly bakes?: number;
  /** When the customer asked. @default - not known */
  readonly asked?: number;
  readonly time: number;
}

export interface Acknowledged {
  readonly type: 'acknowledged';
  readonly customer: number;
  readonly orderId: string;
  /** When it was baked, by the answer itself. */
  readonly bakedAt: string | undefined;
  /** Of the invocation that answered. */
  readonly requestId: string | undefined;
  /** The server that answered, where it says so. */
  readonly server?: string | undefined;
  readonly milliseconds: number;
  readonly time: number;
}

/** What the resources of a lane are called, so that the events of one factory are told from those of another. */
export interface LaneResources {
  readonly functions: Readonly<Record<string, 'counter' | 'baker' | 'other'>>;
  /** Megabytes of memory that each function is billed for. */
  readonly memory: Readonly<Record<string, number>>;
  readonly queue: string | undefined;
  readonly deadLetterQueue: string | undefined;
  /** How long the bake queue hides a message that was handed out; 0 where there is no queue. */
  readonly visibilityTimeoutMs: number;
  readonly orderTable: string | undefined;
  readonly tables: readonly string[];
  /** The function that cleans up. */
  readonly cleanup: string | undefined;
}

/** What a factory has of what orders go through. */
export interface OrdersOptions {
  readonly hasQueue: boolean;
  readonly hasTable: boolean;
  readonly visibilityTimeoutMs: number;
  /** Whether the endpoint tells of messages. */
  readonly isTold: () => boolean;
}
