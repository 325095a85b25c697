import type { Layout } from './layout.ts';
import { type Fallen, fading, type Leaving, type Mover } from './movers.ts';
import type { Palette } from './palette.ts';
import type { Look, Sprites } from './sprites.ts';

interface Things {
  readonly layout: Layout;
  readonly palette: Palette;
  readonly sprites: Sprites;
  readonly density: number;
  readonly now: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly isStill: boolean;
  readonly movers: Iterable<Mover>;
  readonly leaving: readonly Leaving[];
  readonly fallen: readonly Fallen[];
}

type Stamp = ReturnType<typeof stampOf>;

/** Paints everything that moves. */
export function paintThings(context: CanvasRenderingContext2D, things: Things): void {
  const { layout, palette, movers, leaving, fallen, now } = things;
  const stamp = stampOf(context, things);
  for (const { x, y, turn } of fallen) {
    context.save();
    context.translate(x, y);
    context.rotate(turn);
    stamp('lost', '', 0, 0);
    context.restore();
  }
  for (const mover of movers) {
    if (!mover.isCovered || mover.thing.isBakedTwice || mover.thing.hiddenUntil > 0) {
      paintMover(context, mover, things, stamp);
    }
  }
  for (const one of leaving) {
    context.globalAlpha = fading(one, now);
    if (one.thing.place === 'refused') {
      paintPerson(context, one.x, one.y, layout.radius, palette.quiet);
    } else {
      stamp('baked', one.thing.recipe, one.x, one.y);
    }
  }
  context.globalAlpha = 1;
}

function paintMover(context: CanvasRenderingContext2D, mover: Mover, things: Things, stamp: Stamp): void {
  const { layout, palette } = things;
  const { thing, x, y, seen } = mover;
  if (seen === 'counter' && !thing.isPoison) {
    paintPerson(context, x, y, layout.radius, palette.person);
    return;
  }
  stamp(lookOf(mover), thing.recipe, x, y);
  if (thing.hiddenUntil > 0) {
    paintHidden(context, mover, things);
  } else if (thing.isBakedTwice) {
    ring(context, x, y, layout.radius * 1.25, palette.bad);
  } else if (thing.tries > 1 && !thing.isBaked) {
    ring(context, x, y, layout.radius * 1.2, palette.cold);
  }
}

function stampOf(context: CanvasRenderingContext2D, { sprites, layout, density }: Things) {
  const radius = Math.round(layout.radius * density);
  return (look: Look, recipe: string, x: number, y: number): void => {
    const sprite = sprites.of(look, recipe, radius);
    const size = sprite.width / density;
    // On whole pixels of the screen it is copied, and not scaled, which is many times cheaper.
    const whole = (at: number): number => Math.round((at - size / 2) * density) / density;
    context.drawImage(sprite, whole(x), whole(y), size, size);
  };
}

/** Pale until it is baked. In the oven it has colour already. */
function lookOf({ thing, seen }: Mover): Look {
  if (thing.isPoison) {
    return 'poison';
  }
  return seen === 'shelf' ? (thing.isBaked ? 'baked' : 'dough') : seen === 'drawer' ? 'baked' : 'dough';
}

/** A queue hides a message longer than this at the most as far as its clock shows, in milliseconds. */
const clockMs = 60_000;

/** Whoever had it is gone: a clock runs down until the queue hands it out again. Without motion it stands. */
function paintHidden(context: CanvasRenderingContext2D, { thing, x, y }: Mover, things: Things): void {
  const { layout, palette, time, isStill } = things;
  const left = isStill ? 1 : Math.min(1, Math.max(0, (thing.hiddenUntil - time) / clockMs));
  const top = -Math.PI / 2;
  context.beginPath();
  context.moveTo(x, y);
  context.arc(x, y, layout.radius * 0.94, top, top + left * Math.PI * 2);
  context.closePath();
  context.globalAlpha = 0.55;
  context.fillStyle = palette.cold;
  context.fill();
  context.globalAlpha = 1;
  ring(context, x, y, layout.radius * 1.1, palette.cold);
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
}

function paintPerson(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y - radius * 0.75, radius * 0.5, 0, Math.PI * 2);
  context.fill();
  context.beginPath();
  context.roundRect(x - radius * 0.62, y - radius * 0.2, radius * 1.24, radius * 1.3, [
    radius * 0.6,
    radius * 0.6,
    2,
    2,
  ]);
  context.fill();
}
