import type { BreakState, Done } from '../protocol.ts';
import { type Break, type Ground, noFaultPort, RefusedBreak } from './break.ts';
import { breaks } from './breaks.ts';

const mostDone = 20;
const who = { counter: 'somebody at the counter', baker: 'a baker', other: 'a process' } as const;

/** Does what is asked for, knows what lasts, and tells what was done. */
export class Breaker {
  readonly #ground: () => Ground;
  /** What takes back those that last. */
  readonly #lasting = new Map<string, () => Promise<void>>();
  readonly #working = new Set<string>();
  #done: readonly Done[] = [];
  #count = 0;

  /** @param ground what there is to be broken now */
  constructor(ground: () => Ground) {
    this.#ground = ground;
  }

  /** The newest first. */
  get done(): readonly Done[] {
    return this.#done;
  }

  states(): BreakState[] {
    const ground = this.#ground();
    return breaks.map((one) => ({
      ...{ name: one.name, title: one.title, does: one.does, watch: one.watch },
      unavailable: reasonAgainst(one, ground),
      isOn: this.#lasting.has(one.name),
      isWorking: this.#working.has(one.name),
    }));
  }

  /** Does it, or ends it where it lasts. @throws RefusedBreak with why it cannot be done */
  async do(name: string): Promise<void> {
    const one = breaks.find((candidate) => candidate.name === name);
    if (!one) {
      throw new RefusedBreak(`There is no break ${name}.`);
    }
    const takeBack = this.#lasting.get(name);
    if (takeBack) {
      this.#lasting.delete(name);
      await takeBack();
      this.tell(`${one.title}: ended`, false);
      return;
    }
    const ground = this.#ground();
    const why = reasonAgainst(one, ground);
    if (why !== '' || this.#working.has(name)) {
      throw new RefusedBreak(why || `${one.title} is under way.`);
    }
    this.#working.add(name);
    this.tell(`${one.title}: ${one.does}`, one.isBad);
    try {
      const lasting = await one.start(ground);
      if (lasting) {
        this.#lasting.set(name, lasting);
      }
    } finally {
      this.#working.delete(name);
    }
  }

  /** Ends one environment of a lane that is open. @throws RefusedBreak where it is gone */
  async kill(laneTitle: string, id: string): Promise<void> {
    const { hasFaults, lanes } = this.#ground();
    const lane = lanes.find((candidate) => candidate.title === laneTitle);
    const role = lane?.summary().environments.find((environment) => environment.id === id)?.role;
    if (!lane || !role) {
      throw new RefusedBreak('That environment is gone already.');
    }
    if (!hasFaults && lane.stack !== undefined) {
      throw new RefusedBreak(noFaultPort);
    }
    const isKilled = await lane.kill(id);
    const where = lanes.length > 1 ? ` of ${laneTitle}` : '';
    this.tell(isKilled ? `Killed ${who[role]}${where}` : 'That environment was gone already', isKilled);
  }

  tell(text: string, isBad: boolean): void {
    this.#count += 1;
    this.#done = [{ id: this.#count, text, isBad }, ...this.#done].slice(0, mostDone);
  }

  /** Takes back all that lasts. Where the endpoint is gone, so is what was broken in it. */
  async end(): Promise<void> {
    const takeBack = [...this.#lasting.values()];
    this.#lasting.clear();
    await Promise.all(takeBack.map((end) => end().catch(() => undefined)));
  }
}

const reasonAgainst = (one: Break, ground: Ground): string =>
  ground.lanes.length === 0 ? 'No factory is open yet.' : one.unavailable(ground);
