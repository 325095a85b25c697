import type { Place, Thing } from '../../protocol.ts';
import type { Point } from './layout.ts';

/** Milliseconds that something is seen at each station, at the least: what really takes two would not be seen. */
const leastStayMs = 240;
/** After so long an order that is stored, and not on the belt, is seen as forgotten. */
const forgottenAfterMs = 1_000;
/** How much of the way is left after a second is e to the power of minus this. */
const speed = 9;
const gravity = 2_200;
const fadeMs = 700;
/** What is lost lies there until there is more than this; then the oldest goes. */
export const mostLying = 160;

const way: readonly Place[] = ['counter', 'belt', 'oven', 'shelf'];

/** A thing as it is drawn: on its way to where it is. */
export interface Mover {
  thing: Thing;
  x: number;
  y: number;
  /** Where it is seen. It may be further already. */
  seen: Place;
  /** What it has yet to be seen at, the next first. */
  next: Place[];
  since: number;
  /** The environment that served it, and the one that bakes it. */
  counter: string;
  oven: string;
  /** Where it stands among those that are at the same place. */
  slot: number;
  /** Whether others stand so near that it is not seen. */
  isCovered: boolean;
}

/** Something that is over, and still seen for a moment. */
export interface Leaving {
  readonly thing: Thing;
  x: number;
  y: number;
  readonly since: number;
  readonly to: Point;
}

/** What fell. */
export interface Fallen {
  x: number;
  y: number;
  velocityX: number;
  velocityY: number;
  turn: number;
  spin: number;
  isLying: boolean;
}

export function enter(thing: Thing, from: Point, now: number, hasBelt: boolean): Mover {
  const at = { thing, ...from, seen: 'counter', next: [], since: now, slot: -1, isCovered: false } as const;
  const mover: Mover = { ...at, next: [], counter: '', oven: '' };
  follow(mover, thing, hasBelt);
  return mover;
}

/** Where it has to be seen before it is there. */
function stationsTo(from: Place, to: Place): Place[] {
  const [start, end] = [way.indexOf(from), way.indexOf(to)];
  if (start >= 0 && end > start + 1) {
    return [...way.slice(start + 1, end), to];
  }
  return from === to ? [] : [to];
}

/** Stored, and not on the belt: that it stays so is not known at once. */
const isForgotten = ({ place, isBaked }: Thing, hasBelt: boolean): boolean => hasBelt && place === 'shelf' && !isBaked;

/** It is somewhere else by now. @param hasBelt whether there is one to be seen on */
export function follow(mover: Mover, thing: Thing, hasBelt: boolean): void {
  if (thing.place === 'oven') {
    mover.oven = thing.environment;
  } else if (thing.environment !== '') {
    mover.counter = thing.environment;
  }
  const wasForgotten = isForgotten(mover.thing, hasBelt);
  mover.thing = thing;
  if (isForgotten(thing, hasBelt)) {
    mover.next = mover.seen === 'shelf' ? [] : ['shelf'];
    return;
  }
  if (wasForgotten) {
    mover.next = [];
  }
  const last = mover.next.at(-1) ?? mover.seen;
  if (last === thing.place) {
    return;
  }
  mover.next.push(...(hasBelt ? stationsTo(last, thing.place) : [thing.place]));
  // Whatever goes to and fro is seen where it is, in the end.
  if (mover.next.length > way.length) {
    mover.next = [thing.place];
  }
}

/** Lets it be seen at the next station, when it has been seen long enough at this one. Returns whether it went on. */
export function advance(mover: Mover, now: number, isStill: boolean): boolean {
  const [next] = mover.next;
  const stay = stayOf(mover, isStill);
  if (next === undefined || now - mover.since < stay) {
    return false;
  }
  mover.seen = isStill ? (mover.next.at(-1) ?? next) : next;
  mover.next = isStill ? [] : mover.next.slice(1);
  mover.since = now;
  return true;
}

function stayOf({ thing, next }: Mover, isStill: boolean): number {
  if (next[0] === 'shelf' && !thing.isBaked) {
    return forgottenAfterMs;
  }
  return isStill ? 0 : leastStayMs / Math.max(1, next.length - 1);
}

/** Whether it is where it belongs, as far as anybody sees. */
export const isThere = (mover: Mover, { x, y }: Point): boolean => Math.abs(mover.x - x) + Math.abs(mover.y - y) < 2;

export function approach(mover: { x: number; y: number }, { x, y }: Point, seconds: number, isStill: boolean): void {
  const part = isStill ? 1 : 1 - Math.exp(-speed * seconds);
  mover.x += (x - mover.x) * part;
  mover.y += (y - mover.y) * part;
}

export function fall(from: Point, random: () => number): Fallen {
  return {
    ...from,
    velocityX: (random() - 0.5) * 160,
    velocityY: -180 - random() * 160,
    turn: random() * 6,
    spin: (random() - 0.5) * 10,
    isLying: false,
  };
}

/** @param ground where it comes to lie @param width where it may lie */
export function fallOn(fallen: Fallen, seconds: number, ground: number, width: number, isStill: boolean): void {
  if (fallen.isLying) {
    return;
  }
  fallen.velocityY += gravity * seconds;
  fallen.x = Math.min(width - 10, Math.max(10, fallen.x + fallen.velocityX * seconds));
  fallen.y += fallen.velocityY * seconds;
  fallen.turn += fallen.spin * seconds;
  if (isStill || fallen.y >= ground) {
    fallen.y = ground;
    fallen.velocityY *= -0.35;
    fallen.velocityX *= 0.6;
    fallen.spin *= 0.5;
    fallen.isLying = isStill || Math.abs(fallen.velocityY) < 60;
  }
}

/** How visible it still is, from 1 to 0. */
export const fading = (leaving: Leaving, now: number): number => Math.max(0, 1 - (now - leaving.since) / fadeMs);
