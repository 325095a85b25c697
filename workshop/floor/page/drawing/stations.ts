import type { Environment } from '../../protocol.ts';
import { type Box, gridIn, type Layout } from './layout.ts';

/** Places that a room has from the start, so that it does not look different with each process that starts. */
const fewest = { counter: 4, baker: 4 } as const;
/** An ended environment is seen for a moment longer. */
export const endSeenMs = 900;

export interface Station {
  readonly environment: Environment;
  readonly box: Box;
}

export interface EndedStation {
  readonly box: Box;
  readonly reason: string;
  readonly since: number;
}

/** Which environment stands where. One that is there keeps its place while others come and go. */
export class Stations {
  readonly #slots = new Map<string, number>();
  #stations = new Map<string, Station>();
  ended: EndedStation[] = [];
  /** Places where nobody stands. */
  free: readonly Box[] = [];

  get all(): IterableIterator<Station> {
    return this.#stations.values();
  }

  boxOf(environment: string): Box | undefined {
    return this.#stations.get(environment)?.box;
  }

  end(id: string, reason: string, now: number): void {
    const station = this.#stations.get(id);
    if (station) {
      this.ended.push({ box: station.box, reason, since: now });
    }
  }

  update(environments: readonly Environment[], layout: Layout, now: number): void {
    const there = new Set(environments.map(({ id }) => id));
    for (const id of this.#slots.keys()) {
      if (!there.has(id)) {
        this.#slots.delete(id);
      }
    }
    this.ended = this.ended.filter(({ since }) => now - since < endSeenMs);
    this.#stations = new Map();
    this.free = [
      ...this.#place(environments, 'counter', layout.counter, layout),
      ...this.#place(environments, 'baker', layout.ovens, layout),
    ];
  }

  /** Gives each its place. Returns the places that are left. */
  #place(all: readonly Environment[], role: 'counter' | 'baker', room: Box | undefined, layout: Layout): Box[] {
    const environments = all.filter((environment) => environment.role === role);
    const taken = new Set(environments.flatMap(({ id }) => this.#slots.get(id) ?? []));
    for (const { id } of environments) {
      const slot = this.#slots.get(id) ?? firstFree(taken);
      this.#slots.set(id, slot);
      taken.add(slot);
    }
    const most = Math.max(fewest[role], ...[...taken].map((slot) => slot + 1));
    const cells = room ? gridIn(room, most, { ratio: 1.05, most: layout.radius * (layout.ovens ? 12 : 17) }) : [];
    for (const environment of environments) {
      const box = cells[this.#slots.get(environment.id) ?? 0];
      if (box) {
        this.#stations.set(environment.id, { environment, box });
      }
    }
    return cells.filter((_, slot) => !taken.has(slot));
  }
}

export function firstFree(taken: ReadonlySet<number>): number {
  let slot = 0;
  while (taken.has(slot)) {
    slot += 1;
  }
  return slot;
}
