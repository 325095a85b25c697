/** How often, and how soon, a state is tried again ("Handling errors in Step Functions workflows", Retrier). */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  /** Seconds. @default 1 */
  readonly IntervalSeconds?: number;
  /** @default 3 */
  readonly MaxAttempts?: number;
  /** @default 2 */
  readonly BackoffRate?: number;
  /** Seconds. */
  readonly MaxDelaySeconds?: number;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

/** A state that invokes a function with its input, and goes on with what that answers. */
export interface TaskState {
  readonly Type: 'Task';
  /** The ARN of a function. */
  readonly Resource: string;
  readonly Comment?: string;
  /** The name of the next; or it is the last. */
  readonly Next?: string;
  readonly End?: boolean;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/** A state machine, in the part of the Amazon States Language that is served. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, TaskState>>;
}

const machineMembers = ['Comment', 'StartAt', 'States', 'Version'];
const stateMembers = ['Type', 'Resource', 'Comment', 'Next', 'End', 'Retry', 'Catch'];
const retrierMembers = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'];
const catcherMembers = ['ErrorEquals', 'Next'];

/** Reads a definition that has no {@link faultsOf | faults}. */
export const readDefinition = (text: string): Definition => JSON.parse(text) as Definition;

/**
 * All that is wrong with a definition, or not served in it. Served are tasks that invoke a function by its ARN, with retriers
 * and catchers: what CDK's provider framework waits with for a resource that is not complete yet.
 */
export function faultsOf(text: string): readonly string[] {
  const document = parsed(text);
  const { StartAt, States } = document ?? {};
  if (!document || typeof StartAt !== 'string' || !isObject(States)) {
    return ['the definition must be JSON with StartAt and States'];
  }
  const names = new Set(Object.keys(States));
  return [
    ...unserved(document, machineMembers, 'A state machine'),
    ...missing(names, 'StartAt', StartAt),
    ...Object.entries(States).flatMap(([name, state]) => wrongIn(name, state, names)),
  ];
}

function wrongIn(name: string, state: unknown, names: ReadonlySet<string>): string[] {
  if (!isObject(state)) {
    return [`the state ${name} must be an object`];
  }
  const { Type, Resource, Next, End, Retry = [], Catch = [] } = state;
  if (Type !== 'Task') {
    return [`the state ${name} of type ${Type} is not served by this endpoint: tasks that invoke a function are`];
  }
  if (!/^arn:aws[a-z-]*:lambda:[^:]*:[^:]*:function:/.test(String(Resource))) {
    return [
      `the task ${name} with ${Resource} is not served by this endpoint: tasks that invoke a function by its ARN are`,
    ];
  }
  const catchers = listOf(Catch);
  return [
    ...unserved(state, stateMembers, `The task ${name}`),
    ...listOf(Retry).flatMap((retrier) => unserved(retrier, retrierMembers, `A retrier of ${name}`)),
    ...catchers.flatMap((catcher) => unserved(catcher, catcherMembers, `A catcher of ${name}`)),
    ...catchers.flatMap((catcher) => missing(names, `Catch of ${name}`, catcher['Next'])),
    ...(End === true ? [] : missing(names, `Next of ${name}`, Next)),
  ];
}

const unserved = (value: Readonly<Record<string, unknown>>, served: readonly string[], what: string): string[] =>
  Object.keys(value)
    .filter((member) => !served.includes(member))
    .map((member) => `${what} with ${member} is not served by this endpoint`);

const missing = (names: ReadonlySet<string>, what: string, name: unknown): string[] =>
  names.has(String(name)) ? [] : [`${what} names the state ${name}, which is not there`];

const listOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
