/**
 * What `GET /_emulator/events` tells, described for its readers in EVENTS.md. A reader must take members and types that it does
 * not know: they may be added without another {@link activityVersion}.
 */
export type ActivityEvent = Activities & {
  /** Its place in the stream, for `Last-Event-ID`. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Null where it is of no region: a fault for calls means those of all regions. */
  readonly region: string | null;
};

/** What a service tells of itself. */
export type Activities =
  | ResourceActivity
  | EnvironmentActivity
  | InvocationActivity
  | MessageActivity
  | ItemActivity
  | LogLine
  | RuleChanged
  | RuleFired
  | StackActivity
  | FaultActivity;

/** Of the members and types below. What is taken away or changes its meaning makes another. */
export const activityVersion = 1;

export type ActivityType = Activities['type'];

const everyType: Readonly<Record<ActivityType, true>> = {
  'resource.created': true,
  'resource.deleted': true,
  'environment.started': true,
  'environment.busy': true,
  'environment.idle': true,
  'environment.ended': true,
  'invocation.ended': true,
  'message.sent': true,
  'message.received': true,
  'message.returned': true,
  'message.deadLettered': true,
  'message.deleted': true,
  'queue.purged': true,
  'item.written': true,
  'item.removed': true,
  'log.line': true,
  'rule.changed': true,
  'rule.fired': true,
  'stack.changed': true,
  'stack.resourceChanged': true,
  'fault.set': true,
  'fault.removed': true,
  'fault.applied': true,
};

/** All types, by which a reader can ask for some. */
export const activityTypes = Object.keys(everyType) as readonly ActivityType[];

/** A function, queue, table or rule is there, or is no more, whoever made it. */
export interface ResourceActivity {
  readonly type: 'resource.created' | 'resource.deleted';
  readonly kind: 'function' | 'queue' | 'table' | 'rule';
  /** As the other events name it. */
  readonly name: string;
  /** Of a rule. */
  readonly bus?: string | undefined;
}

interface OfEnvironment {
  readonly function: string;
  /** The function's version: a number or `$LATEST`. */
  readonly version: string;
  /** The environment's id, as its log stream and the fault port name it. */
  readonly environment: string;
}

/** An execution environment's life: started, then idle and busy in turns, then ended. */
export type EnvironmentActivity = OfEnvironment &
  (
    | { readonly type: 'environment.started' }
    | { readonly type: 'environment.busy'; readonly requestId: string }
    | { readonly type: 'environment.idle' }
    | {
        readonly type: 'environment.ended';
        readonly reason: EndReason;
        /** How the process ended, in Lambda's words. */
        readonly detail: string;
      }
  );

/**
 * Why an environment ended. `killed`: by the fault port. `timedOut`: an invocation or an initialisation took too long. `crashed`: its
 * process ended by itself, or another process ended it. `scaledIn`: it was idle for long, or another version needed its place.
 * `shutDown`: its version is no more, or the endpoint closes.
 */
export type EndReason = 'killed' | 'timedOut' | 'crashed' | 'scaledIn' | 'shutDown';

export interface InvocationActivity extends OfEnvironment {
  readonly type: 'invocation.ended';
  readonly requestId: string;
  /** Whether it is the first of its environment. */
  readonly coldStart: boolean;
  readonly durationMs: number;
  /** `error`: the function threw. `failure`: the environment ended, or Lambda found a fault. */
  readonly outcome: 'success' | 'error' | 'failure' | 'timeout';
  /** Not there where it succeeded. */
  readonly errorType?: string | undefined;
}

/** How many messages a queue has of each state, after the event. */
export interface MessageCounts {
  readonly visible: number;
  readonly delayed: number;
  readonly inFlight: number;
}

interface OfMessage {
  /** The name of the queue. */
  readonly queue: string;
  readonly messageId: string;
  readonly counts: MessageCounts;
}

export type MessageActivity =
  | (OfMessage &
      (
        | { readonly type: 'message.sent' }
        | {
            readonly type: 'message.received';
            /** How often it was received by now, from all queues. */
            readonly receiveCount: number;
          }
        | {
            readonly type: 'message.returned';
            /** Its visibility timeout ended or was set to 0, or the fault port keeps it visible. */
            readonly reason: 'timeoutEnded' | 'timeoutChanged' | 'deliveredTwice';
          }
        | {
            readonly type: 'message.deadLettered';
            /** The name of the queue that it is in now. */
            readonly deadLetterQueue: string;
            readonly deadLetterCounts: MessageCounts;
          }
        | {
            readonly type: 'message.deleted';
            /** By a consumer, by its age, or because a redrive moved it (as a new message). */
            readonly reason: 'deleted' | 'expired' | 'redriven';
          }
      ))
  | {
      readonly type: 'queue.purged';
      readonly queue: string;
      /** How many messages went. */
      readonly messages: number;
    };

/** Not told of a transaction that was cancelled. */
export type ItemActivity = {
  readonly table: string;
  /** Values of the key's attributes by their names: text, a number in text, or base64, at most {@link longestKey} characters each. */
  readonly key: Readonly<Record<string, string>>;
  /** How many items the table has now. */
  readonly items: number;
} & ({ readonly type: 'item.written'; readonly created: boolean } | { readonly type: 'item.removed' });

export interface LogLine {
  readonly type: 'log.line';
  readonly group: string;
  readonly stream: string;
  /** At most {@link longestText} characters of it. */
  readonly message: string;
}

/** It was put, enabled or disabled, or its targets are others. */
export interface RuleChanged extends Omit<RuleState, 'name'> {
  readonly type: 'rule.changed';
  readonly rule: string;
}

export interface RuleFired {
  readonly type: 'rule.fired';
  readonly rule: string;
  readonly bus: string;
  /** The id of the event that the targets get. */
  readonly eventId: string;
  readonly source: string;
  readonly detailType: string;
  /** ARNs. */
  readonly targets: readonly string[];
}

export type StackActivity =
  | {
      readonly type: 'stack.changed';
      readonly stack: string;
      readonly status: string;
      readonly reason?: string | undefined;
    }
  | ({ readonly type: 'stack.resourceChanged'; readonly stack: string } & ResourceState);

export interface ResourceState {
  readonly logicalId: string;
  /** Empty where there is none yet. */
  readonly physicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

/** `set`: it waits for its calls, invocations or messages. `removed`: it was taken back. `applied`: it has met one. */
export type FaultActivity = SetFault | AppliedFault;

interface SetFault {
  readonly type: 'fault.set' | 'fault.removed';
  readonly fault: (WaitingFault | OfCalls) & {
    /** How many invocations, messages or calls are still to come. */
    readonly times: number;
  };
}

export type WaitingFault =
  | { readonly kind: 'kill-at-work'; readonly function: string }
  | { readonly kind: 'deliver-twice'; readonly queueUrl: string };

interface AppliedFault {
  readonly type: 'fault.applied';
  readonly fault:
    | { readonly kind: 'kill' | 'kill-at-work'; readonly function: string; readonly environment: string }
    | { readonly kind: 'deliver-twice'; readonly queueUrl: string; readonly messageId: string }
    | OfCalls;
}

interface OfCalls {
  readonly kind: 'calls';
  readonly id: string;
  /** `sqs:SendMessage` */
  readonly call: string;
  /** Whose calls are meant, or whose call it was. */
  readonly function?: string | undefined;
  readonly fail?: string | undefined;
  readonly delayMs?: number | undefined;
}

/** What is there when a reader comes: the first event of its stream, and `GET /_emulator/state`. */
export interface Snapshot {
  readonly version: typeof activityVersion;
  readonly time: number;
  readonly regions: readonly RegionState[];
}

export interface RegionState {
  readonly name: string;
  readonly functions: readonly FunctionState[];
  readonly queues: readonly QueueState[];
  readonly tables: readonly TableState[];
  readonly rules: readonly RuleState[];
  readonly stacks: readonly StackState[];
}

export interface FunctionState {
  readonly name: string;
  readonly environments: readonly {
    readonly id: string;
    readonly version: string;
    readonly state: 'starting' | 'idle' | 'busy';
  }[];
}

export interface QueueState {
  readonly name: string;
  readonly counts: MessageCounts;
  /** The name of its dead-letter queue. */
  readonly deadLetterQueue?: string | undefined;
}

export interface TableState {
  readonly name: string;
  readonly items: number;
}

export interface RuleState {
  readonly name: string;
  readonly bus: string;
  readonly enabled: boolean;
  readonly schedule?: string | undefined;
  /** ARNs. */
  readonly targets: readonly string[];
}

export interface StackState {
  readonly name: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly resources: readonly ResourceState[];
}

/** What a reader was too slow for, or what happened while nothing was recorded. */
export interface Lost {
  /** How many events; null where they were not counted. */
  readonly events: number | null;
}

/** The most characters of a text from outside, such as a line of a log. */
export const longestText = 1024;
/** The most characters of one value of an item's key. */
export const longestKey = 256;
