import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import { logGroupsOf } from '../../experiment/function-log.ts';

/** How far each look goes back, in milliseconds: lines may come late, and out of order. */
const windowMs = 15_000;
const mostLines = 100;

/** The newest lines of a factory's logs, asked for: what can be known where an endpoint tells no events. */
export class PolledLogs {
  readonly #logs: CloudWatchLogsClient;
  readonly #groups: Promise<readonly string[]>;
  /** The events of the last look. */
  #seen: ReadonlySet<string> = new Set();

  constructor(functionNames: readonly string[], endpoint: string) {
    this.#logs = new CloudWatchLogsClient(clientConfiguration(endpoint));
    this.#groups = groupsOf(functionNames, endpoint);
    // Whoever asks for lines is told.
    this.#groups.catch(() => undefined);
  }

  /** Returns the lines that are new since this was asked last. */
  async next(): Promise<string[]> {
    const groups = await this.#groups;
    const events = (await Promise.all(groups.map((group) => this.#newestIn(group)))).flat();
    const ids = events.map(({ eventId, timestamp, message }) => eventId ?? `${timestamp} ${message}`);
    const lines = events.filter((_, at) => !this.#seen.has(ids[at] ?? '')).map(({ message = '' }) => message);
    this.#seen = new Set(ids);
    return lines;
  }

  close(): void {
    this.#logs.destroy();
  }

  async #newestIn(logGroupName: string) {
    const asked = { logGroupName, startTime: Date.now() - windowMs, limit: mostLines };
    try {
      const { events = [] } = await this.#logs.send(new FilterLogEventsCommand(asked));
      return events;
    } catch (error) {
      // A function that was not called yet has no log.
      if (error instanceof ResourceNotFoundException) {
        return [];
      }
      throw error;
    }
  }
}

async function groupsOf(functionNames: readonly string[], endpoint: string): Promise<string[]> {
  const lambda = new LambdaClient(clientConfiguration(endpoint));
  try {
    const all = await Promise.all(functionNames.map((name) => logGroupsOf(lambda, name)));
    return [...new Set(all.flat())];
  } finally {
    lambda.destroy();
  }
}
