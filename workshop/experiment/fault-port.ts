import { fetchFrom } from '../../client/endpoint/http-request.ts';

/** One execution environment of a function. */
export interface EnvironmentInfo {
  readonly id: string;
  readonly processId: number;
  readonly busy: boolean;
  readonly version: string;
  /** What `os.tmpdir()` says in it. */
  readonly temporaryDirectory: string;
}

/** Calls that are to fail or to be slow. */
export interface CallFault {
  /** `sqs:SendMessage` */
  readonly call: string;
  /** Name of the only function whose calls are meant. @default - everybody's */
  readonly function?: string;
  /** How many calls. */
  readonly times: number;
  /** The share of these calls that meet it. @default 1 */
  readonly share?: number;
  /** The error's code. @default - they do not fail */
  readonly fail?: string;
  readonly delayMs?: number;
}

/** The fault port of the embedded endpoint, which breaks things on request (emulator/FAULTS.md). */
export interface Faults {
  /** Ends all execution environments of a function at once, and says how many there were. */
  kill(functionName: string): Promise<number>;
  /** Ends one of them, by its id. Returns whether it was there. */
  killOne(functionName: string, environment: string): Promise<boolean>;
  /** Ends the environments that are given the next invocations, with their work in hand. 0 takes back what has not come to pass. */
  killAtWork(functionName: string, times: number): Promise<void>;
  environments(functionName: string): Promise<readonly EnvironmentInfo[]>;
  /** Returns the id by which the fault can be taken back. */
  breakCalls(fault: CallFault): Promise<string>;
  mendCalls(id: string): Promise<void>;
  /** Has the next messages of a queue handed out twice. */
  deliverTwice(queueUrl: string, times: number): Promise<void>;
}

/** Asks the fault port of an endpoint. @throws Error in its own words, where it refuses */
export async function askFaultPort(endpoint: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetchFrom(new URL(`/_emulator/faults/${path}`, endpoint), {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`The fault port answered ${response.status} to ${method} ${path}: ${errorIn(text)}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}

/** The sentence in `{"error": "..."}`; another answer as it is. */
function errorIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : text;
  } catch {
    return text;
  }
}

export function faultsAt(endpoint: string): Faults {
  const ask = (method: string, path: string, body?: object) => askFaultPort(endpoint, method, path, body);
  return {
    kill: async (name) => ((await ask('POST', 'kill', { function: name })) as { killed: number }).killed,
    killOne: async (name, environment) =>
      ((await ask('POST', 'kill', { function: name, environment })) as { killed: number }).killed > 0,
    killAtWork: async (name, times) => void (await ask('POST', 'kill-at-work', { function: name, times })),
    environments: async (name) => {
      const path = `environments?function=${encodeURIComponent(name)}`;
      return ((await ask('GET', path)) as { environments: EnvironmentInfo[] }).environments;
    },
    breakCalls: async (fault) => ((await ask('POST', 'calls', fault)) as { id: string }).id,
    mendCalls: async (id) => void (await ask('DELETE', `calls/${id}`)),
    deliverTwice: async (queueUrl, times) => void (await ask('POST', 'deliver-twice', { queueUrl, times })),
  };
}
