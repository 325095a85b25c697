import type { Snapshot } from 'embedded-aws';
import type { Environment } from '../protocol.ts';
import type { LaneResources } from './input.ts';

/** What there is of a factory at a moment. What the endpoint does not know is missing. */
export interface Present {
  readonly environments: readonly (Pick<Environment, 'id' | 'version' | 'state'> & { readonly function: string })[];
  readonly queue: { waiting?: number; inFlight?: number; deadLetters?: number };
  readonly stored: number | undefined;
}

/** Finds a factory's own among all that an endpoint has. */
export function presentIn({ regions }: Snapshot, { queue, deadLetterQueue, orderTable }: LaneResources): Present {
  const counts: Present['queue'] = {};
  for (const { name, counts: now } of regions.flatMap(({ queues }) => queues)) {
    if (name === queue) {
      counts.waiting = now.visible + now.delayed;
      counts.inFlight = now.inFlight;
    } else if (name === deadLetterQueue) {
      counts.deadLetters = now.visible + now.inFlight;
    }
  }
  return {
    environments: regions
      .flatMap(({ functions }) => functions)
      .flatMap(({ name, environments }) => environments.map((environment) => ({ ...environment, function: name }))),
    queue: counts,
    stored: regions.flatMap(({ tables }) => tables).find(({ name }) => name === orderTable)?.items,
  };
}
