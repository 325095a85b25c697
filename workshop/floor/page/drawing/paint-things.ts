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
  readonly movers: Iterable<Mover>;
  readonly leaving: readonly Leaving[];
  readonly fallen: readonly Fallen[];
}

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
    const { thing, x, y, seen, isCovered } = mover;
    if (isCovered && !thing.isBakedTwice) {
      continue;
    }
    if (seen === 'counter' && !thing.isPoison) {
      paintPerson(context, x, y, layout.radius, palette.person);
    } else {
      stamp(lookOf(mover), thing.recipe, x, y);
      if (thing.isBakedTwice) {
        ring(context, x, y, layout.radius * 1.25, palette.bad);
      } else if (thing.tries > 1 && !thing.isBaked) {
        ring(context, x, y, layout.radius * 1.2, palette.cold);
      }
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

function stampOf(context: CanvasRenderingContext2D, { sprites, layout, density }: Things) {
  const radius = Math.round(layout.radius * density);
  return (look: Look, recipe: string, x: number, y: number): void => {
    const sprite = sprites.of(look, recipe, radius);
    const size = sprite.width / density;
    context.drawImage(sprite, x - size / 2, y - size / 2, size, size);
  };
}

/** Pale until it is baked. In the oven it has colour already. */
function lookOf({ thing, seen }: Mover): Look {
  if (thing.isPoison) {
    return 'poison';
  }
  return seen === 'shelf' ? (thing.isBaked ? 'baked' : 'dough') : seen === 'drawer' ? 'baked' : 'dough';
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
