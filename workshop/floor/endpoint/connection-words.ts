import type { Settings } from '../protocol.ts';
import type { Connection } from './activity-feed.ts';

/** How the connection to an endpoint is, for a person to read. */
export function wordsOf(connection: Connection, endpoint: string): Settings['connection'] {
  switch (connection.is) {
    case 'there':
      return { isThere: true, text: `Live from ${endpoint}` };
    case 'gone':
      return { isThere: false, text: `${endpoint} does not answer. Start it again: this page comes back by itself.` };
    case 'silent':
      return {
        isThere: true,
        text: `${endpoint} does not tell what happens in it. You see customers, the depth of the queue and the logs, and no processes.`,
      };
  }
}
