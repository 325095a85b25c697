import type { LaneSummary, Thing } from '../../protocol.ts';
import type { LaneState } from '../store.ts';
import { type Box, centreOf, isCoveredIn, type Layout, layoutOf, type Point, pileIn } from './layout.ts';
import {
  advance,
  approach,
  enter,
  type Fallen,
  fading,
  fall,
  fallOn,
  follow,
  isThere,
  type Leaving,
  type Mover,
  mostLying,
} from './movers.ts';
import { arrowEvery, paintRoom } from './paint-room.ts';
import { paintThings } from './paint-things.ts';
import type { Palette } from './palette.ts';
import type { Sprites } from './sprites.ts';
import { firstFree, Stations } from './stations.ts';

/** Seconds that a picture may take at the most: after a tab was in the background nothing is to jump. */
const longestStep = 0.05;

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for each of CSS. */
  readonly density: number;
  /** The size of the page's letters, in CSS pixels. */
  readonly letters: number;
}

/** Draws one lane: keeps where everything is seen, and moves it to where it is. */
export class LaneDrawing {
  readonly #movers = new Map<number, Mover>();
  readonly #stations = new Stations();
  readonly #sprites: Sprites;
  #leaving: Leaving[] = [];
  #fallen: Fallen[] = [];
  #last = 0;
  #layout: Layout | undefined;
  #lostBefore = -1;
  /** Who stands where on the shelf. */
  readonly #shelf = new Map<number, number>();

  constructor(sprites: Sprites) {
    this.#sprites = sprites;
  }

  get layout(): Layout | undefined {
    return this.#layout;
  }

  get stations(): Stations {
    return this.#stations;
  }

  /** How many things are drawn at each place: `counter 1, shelf 12, ground 3`. */
  get seen(): string {
    const counts = new Map<string, number>();
    for (const { seen } of this.#movers.values()) {
      counts.set(seen, (counts.get(seen) ?? 0) + 1);
    }
    if (this.#fallen.length > 0) {
      counts.set('ground', this.#fallen.length);
    }
    return [...counts].map(([place, count]) => `${place} ${count}`).join(', ');
  }

  draw(lane: LaneState, surface: Surface, palette: Palette, now: number, isStill: boolean): void {
    const { width, height, context, density } = surface;
    const layout = layoutOf(width, height, lane.summary.parts, surface.letters);
    const isResized = this.#resettle(layout);
    this.#layout = layout;
    const seconds = Math.min(longestStep, (now - this.#last) / 1000);
    this.#last = now;
    this.#take(lane, layout, now);
    this.#move(layout, now, seconds, isStill || isResized);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const beltShift = isStill || !isOpen(lane.summary) ? 0 : (now / 28) % arrowEvery;
    paintRoom(context, { layout, palette, stations: this.#stations, summary: lane.summary, now, beltShift, isStill });
    paintThings(context, {
      ...{ layout, palette, density, now, time: Date.now(), isStill, sprites: this.#sprites },
      ...{ movers: this.#movers.values(), leaving: this.#leaving, fallen: this.#fallen },
    });
  }

  #take(lane: LaneState, layout: Layout, now: number): void {
    for (const { id, reason } of lane.ended.splice(0)) {
      this.#stations.end(id, reason, now);
    }
    this.#stations.update(lane.summary.environments, layout, now);
    this.#lieAround(lane.summary, layout);
    for (const thing of lane.things.values()) {
      const mover = this.#movers.get(thing.id);
      if (!mover) {
        this.#movers.set(thing.id, this.#newcomer(thing, layout, now));
      } else if (mover.thing !== thing) {
        follow(mover, thing, layout.belt !== undefined);
      }
    }
    for (const thing of lane.exits.splice(0)) {
      this.#exit(thing, layout, now);
    }
    for (const id of this.#movers.keys()) {
      if (!lane.things.has(id)) {
        this.#forget(id);
      }
    }
  }

  /** What lies on the ground goes with it when the picture has another size. Returns whether it has. */
  #resettle({ width, ground }: Layout): boolean {
    const before = this.#layout;
    if (!before || (before.width === width && before.ground.y === ground.y)) {
      return false;
    }
    for (const fallen of this.#fallen) {
      fallen.x *= width / before.width;
      fallen.y += ground.y - before.ground.y;
    }
    return true;
  }

  /** What fell before this page was opened lies there. */
  #lieAround({ figures }: LaneSummary, { width, ground, radius }: Layout): void {
    if (this.#lostBefore < 0) {
      for (let at = 0; at < Math.min(figures.lost, mostLying); at += 1) {
        const x = 12 + Math.random() * (width - 24);
        const y = ground.y + ground.height - radius - Math.random() * radius;
        this.#fallen.push({ x, y, velocityX: 0, velocityY: 0, turn: Math.random() * 6, spin: 0, isLying: true });
      }
    }
    this.#lostBefore = figures.lost;
  }

  #newcomer(thing: Thing, layout: Layout, now: number): Mover {
    const from = thing.isPoison && layout.belt ? { x: layout.belt.x, y: layout.belt.y } : centreOf(layout.entrance);
    return enter(thing, from, now, layout.belt !== undefined);
  }

  #exit(thing: Thing, layout: Layout, now: number): void {
    const mover = this.#movers.get(thing.id);
    const from = mover ? { x: mover.x, y: mover.y } : centreOf(layout.shelf ?? layout.counter);
    this.#forget(thing.id);
    if (thing.place === 'lost') {
      this.#fallen.push(fall(from, Math.random));
      this.#fallen.splice(0, this.#fallen.length - mostLying);
      return;
    }
    const { width, height, isTall } = layout;
    const out = isTall ? { x: width + 20, y: from.y } : { x: width + 30, y: Math.min(from.y + 20, height) };
    const to = thing.place === 'refused' ? { x: -30, y: from.y + 10 } : out;
    this.#leaving.push({ thing, ...from, since: now, to });
  }

  #forget(id: number): void {
    this.#movers.delete(id);
    this.#shelf.delete(id);
  }

  #move(layout: Layout, now: number, seconds: number, isStill: boolean): void {
    const counts = this.#seat(now, isStill);
    for (const mover of this.#movers.values()) {
      mover.isCovered = false;
      const target = this.#targetOf(mover, layout, counts);
      approach(mover, target, seconds, isStill);
      mover.isCovered = mover.isCovered && isThere(mover, target);
    }
    const ground = layout.ground.y + layout.ground.height - layout.radius - 2;
    for (const fallen of this.#fallen) {
      fallOn(fallen, seconds, ground, layout.width, isStill);
    }
    this.#leaving = this.#leaving.filter((leaving) => fading(leaving, now) > 0);
    for (const leaving of this.#leaving) {
      approach(leaving, leaving.to, seconds * 0.5, isStill);
    }
  }

  /** Gives everything a seat where it is seen. On the belt all move up; on the shelf each keeps its own. */
  #seat(now: number, isStill: boolean): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const mover of this.#movers.values()) {
      if (advance(mover, now, isStill) || mover.slot < 0) {
        this.#leaveShelf(mover);
      }
      const key = seatKey(mover);
      const count = counts.get(key) ?? 0;
      if (mover.seen === 'shelf') {
        const slot = this.#shelfSlot(mover.thing.id);
        mover.slot = slot;
        counts.set(key, Math.max(count, slot + 1));
      } else {
        mover.slot = count;
        counts.set(key, count + 1);
      }
    }
    return counts;
  }

  #leaveShelf({ seen, thing }: Mover): void {
    if (seen !== 'shelf') {
      this.#shelf.delete(thing.id);
    }
  }

  #shelfSlot(id: number): number {
    const slot = this.#shelf.get(id) ?? firstFree(new Set(this.#shelf.values()));
    this.#shelf.set(id, slot);
    return slot;
  }

  #targetOf(mover: Mover, layout: Layout, counts: ReadonlyMap<string, number>): Point {
    const { seen, slot } = mover;
    const count = counts.get(seatKey(mover)) ?? 1;
    const pitch = layout.radius * 2.1;
    switch (seen) {
      case 'counter':
        return this.#atCounter(mover.counter, slot, count, layout);
      case 'drawer':
      case 'oven': {
        const station = this.#stations.boxOf(environmentOf(mover));
        if (!station && environmentOf(mover) !== '') {
          // Whoever had it is gone. What becomes of it is not known yet.
          return mover;
        }
        const room = seen === 'oven' ? layout.ovens : layout.counter;
        return station ? pileIn(insideOf(station, seen), slot, count, pitch) : edgeOf(room ?? layout.counter, slot);
      }
      case 'belt':
        return layout.belt ? pileOn(mover, layout.belt, count, pitch) : centreOf(layout.counter);
      case 'deadLetters':
        return pileOn(mover, layout.deadLetters ?? layout.belt ?? layout.counter, count, pitch);
      default:
        return pileOn(mover, layout.shelf ?? layout.counter, count, layout.radius * 2.2);
    }
  }

  /** Customers stand in front of who serves them, and the others wait in line. */
  #atCounter(environment: string, slot: number, count: number, layout: Layout): Point {
    const station = this.#stations.boxOf(environment);
    if (station) {
      return { x: station.x + station.width * 0.5 + (slot % 3) * 4, y: station.y + station.height * 0.9 };
    }
    return pileIn(layout.entrance, slot, count, layout.radius * 2.4);
  }
}

/** Where it stands in a pile. Of one that is crowded not all are seen. */
function pileOn(mover: Mover, box: Box, count: number, pitch: number): Point {
  mover.isCovered = isCoveredIn(box, mover.slot, count, pitch);
  return pileIn(box, mover.slot, count, pitch);
}

const environmentOf = ({ seen, counter, oven }: Mover): string => (seen === 'oven' ? oven : counter);

const seatKey = (mover: Mover): string => {
  const { seen } = mover;
  return seen === 'counter' || seen === 'drawer' || seen === 'oven' ? `${seen} ${environmentOf(mover)}` : seen;
};

const isOpen = ({ status }: LaneSummary): boolean => status === 'open';

/** The window of an oven, or the drawer of a counter. */
function insideOf({ x, y, width, height }: Box, seen: 'oven' | 'drawer'): Box {
  return seen === 'oven'
    ? { x: x + width * 0.2, y: y + height * 0.3, width: width * 0.6, height: height * 0.48 }
    : { x: x + width * 0.14, y: y + height * 0.34, width: width * 0.72, height: height * 0.42 };
}

const edgeOf = (room: Box, slot: number): Point => ({ x: room.x + 6, y: room.y + room.height * 0.5 + (slot % 7) * 6 });
