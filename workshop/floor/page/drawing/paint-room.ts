import type { Environment, LaneSummary } from '../../protocol.ts';
import type { Box, Layout } from './layout.ts';
import type { Palette } from './palette.ts';
import { type EndedStation, endSeenMs, type Stations } from './stations.ts';

interface Room {
  readonly layout: Layout;
  readonly palette: Palette;
  readonly stations: Stations;
  readonly summary: LaneSummary;
  readonly now: number;
  /** How far the belt has moved, in pixels. */
  readonly beltShift: number;
  readonly isStill: boolean;
}

type Context = CanvasRenderingContext2D;

/** Pixels between two arrows of the belt, and about the height of a row of them. */
export const arrowEvery = 36;
const beltRow = 44;

/** Paints what stands still: ground, counters, belt, ovens, shelf. */
export function paintRoom(context: Context, room: Room): void {
  const { layout, palette, stations, summary } = room;
  fillBox(context, layout.ground, palette.ground);
  context.fillStyle = palette.line;
  context.fillRect(layout.ground.x, layout.ground.y, layout.ground.width, 2);
  if (layout.belt) {
    paintBelt(context, layout.belt, room);
  }
  if (layout.deadLetters) {
    paintCrate(context, layout.deadLetters, palette);
  }
  if (layout.shelf) {
    paintShelf(context, layout.shelf, layout.radius, palette);
  }
  // Where there is no factory yet, or its processes are not told, nobody knows whether a place is free.
  const knowsPlaces = summary.status === 'open' && summary.figures.environments !== null;
  for (const box of knowsPlaces ? stations.free : []) {
    fillBox(context, inner(box), palette.wall, 10);
  }
  for (const { environment, box } of stations.all) {
    if (environment.role === 'baker') {
      paintOven(context, box, environment, room);
    } else {
      paintBooth(context, box, environment, room);
    }
  }
  for (const ended of stations.ended) {
    paintEnd(context, ended, room);
  }
}

function fillBox(context: Context, { x, y, width, height }: Box, colour: string, radius = 0): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

function paintBelt(context: Context, belt: Box, { palette, beltShift }: Room): void {
  fillBox(context, belt, palette.belt, 10);
  context.save();
  context.beginPath();
  context.roundRect(belt.x, belt.y, belt.width, belt.height, 10);
  context.clip();
  paintArrows(context, belt, beltShift, palette.quiet);
  context.restore();
  for (const y of [belt.y, belt.y + belt.height - 5]) {
    fillBox(context, { x: belt.x, y, width: belt.width, height: 5 }, palette.metalDark, 3);
  }
}

/** Rows of arrows that move the way the belt moves. */
function paintArrows(context: Context, belt: Box, shift: number, colour: string): void {
  const rows = Math.max(1, Math.round(belt.height / beltRow));
  const height = belt.height / rows;
  context.globalAlpha = 0.28;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  for (let row = 0; row < rows; row += 1) {
    const middle = belt.y + (row + 0.5) * height;
    const reach = height * 0.26;
    for (let x = belt.x - arrowEvery + shift; x < belt.x + belt.width + arrowEvery; x += arrowEvery) {
      context.moveTo(x, middle - reach);
      context.lineTo(x + reach * 0.7, middle);
      context.lineTo(x, middle + reach);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

function paintCrate(context: Context, { x, y, width, height }: Box, palette: Palette): void {
  context.strokeStyle = palette.woodDark;
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, y + height);
  context.lineTo(x + width, y + height);
  context.lineTo(x + width, y);
  context.stroke();
}

function paintShelf(context: Context, shelf: Box, radius: number, palette: Palette): void {
  fillBox(
    context,
    { x: shelf.x - 4, y: shelf.y - 6, width: shelf.width + 8, height: shelf.height + 10 },
    palette.wall,
    8,
  );
  const pitch = radius * 2.2;
  context.fillStyle = palette.wood;
  for (let y = shelf.y + shelf.height; y > shelf.y + pitch * 0.6; y -= pitch) {
    context.fillRect(shelf.x - 2, y - 2.5, shelf.width + 4, 2.5);
  }
  fillBox(context, { x: shelf.x - 6, y: shelf.y - 6, width: 4, height: shelf.height + 12 }, palette.woodDark, 2);
  const right = shelf.x + shelf.width + 2;
  fillBox(context, { x: right, y: shelf.y - 6, width: 4, height: shelf.height + 12 }, palette.woodDark, 2);
}

/** A counter with an awning. It has a drawer where orders are kept in memory. */
function paintBooth(context: Context, cell: Box, environment: Environment, { palette, summary }: Room): void {
  const { x, y, width, height } = inner(cell);
  const isCold = environment.state === 'starting';
  context.globalAlpha = isCold ? 0.55 : 1;
  fillBox(context, { x, y: y + height * 0.2, width, height: height * 0.72 }, palette.wood, 5);
  const window = { x: x + width * 0.08, y: y + height * 0.28, width: width * 0.84, height: height * 0.46 };
  fillBox(context, window, environment.state === 'busy' ? palette.glow : palette.wall, 4);
  fillBox(context, { x, y: y + height * 0.76, width, height: height * 0.16 }, palette.woodDark, 4);
  const stripes = 7;
  for (let at = 0; at < stripes; at += 1) {
    context.fillStyle = at % 2 === 0 ? palette.awning : palette.awningLight;
    context.beginPath();
    const stripe = width / stripes;
    context.roundRect(x + at * stripe, y + height * 0.04, stripe, height * 0.24, [0, 0, stripe / 2, stripe / 2]);
    context.fill();
  }
  context.globalAlpha = 1;
  if (isCold) {
    paintCold(context, { x, y, width, height }, palette);
  }
  if (!summary.parts.hasTable) {
    context.strokeStyle = palette.woodDark;
    context.lineWidth = 1;
    context.strokeRect(window.x, window.y, window.width, window.height);
  }
}

function paintOven(context: Context, cell: Box, environment: Environment, { palette }: Room): void {
  const { x, y, width, height } = inner(cell);
  const isCold = environment.state === 'starting';
  context.globalAlpha = isCold ? 0.55 : 1;
  fillBox(
    context,
    { x: x + width * 0.42, y: y - height * 0.02, width: width * 0.16, height: height * 0.16 },
    palette.metalDark,
    3,
  );
  fillBox(context, { x, y: y + height * 0.08, width, height: height * 0.84 }, palette.metal, 9);
  const door = { x: x + width * 0.12, y: y + height * 0.26, width: width * 0.76, height: height * 0.52 };
  fillBox(context, door, environment.state === 'busy' ? palette.glow : palette.metalDark, 7);
  for (let knob = 0; knob < 3; knob += 1) {
    context.fillStyle = palette.metalDark;
    context.beginPath();
    context.arc(x + width * (0.26 + knob * 0.24), y + height * 0.17, Math.max(1.5, width * 0.045), 0, Math.PI * 2);
    context.fill();
  }
  context.globalAlpha = 1;
  if (isCold) {
    paintCold(context, { x, y: y + height * 0.08, width, height: height * 0.84 }, palette);
  }
}

function paintCold(context: Context, { x, y, width, height }: Box, palette: Palette): void {
  context.strokeStyle = palette.cold;
  context.lineWidth = 2;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.roundRect(x, y, width, height, 8);
  context.stroke();
  context.setLineDash([]);
}

/** A killed process bursts; one that was not needed any more only fades. */
function paintEnd(context: Context, { box, reason, since }: EndedStation, { palette, now, isStill }: Room): void {
  const age = isStill ? 0.4 : (now - since) / endSeenMs;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const isViolent = reason === 'killed' || reason === 'crashed' || reason === 'timedOut';
  const size = box.width * 0.42;
  context.globalAlpha = Math.max(0, 1 - age);
  context.strokeStyle = isViolent ? palette.bad : palette.quiet;
  context.lineWidth = isViolent ? 5 : 2;
  if (isViolent) {
    context.beginPath();
    context.moveTo(x - size * 0.6, y - size * 0.6);
    context.lineTo(x + size * 0.6, y + size * 0.6);
    context.moveTo(x + size * 0.6, y - size * 0.6);
    context.lineTo(x - size * 0.6, y + size * 0.6);
    context.stroke();
  }
  context.lineWidth = 3;
  context.beginPath();
  context.arc(x, y, size * (0.6 + (isStill ? 0.3 : age)), 0, Math.PI * 2);
  context.stroke();
  context.globalAlpha = 1;
}

const inner = ({ x, y, width, height }: Box): Box => ({
  x: x + width * 0.09,
  y: y + height * 0.07,
  width: width * 0.82,
  height: height * 0.86,
});
