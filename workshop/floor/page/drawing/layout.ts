import type { LaneParts } from '../../protocol.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything of a lane is, in CSS pixels. What a factory does not have has no box. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Whether things go from top to bottom, and not from left to right. */
  readonly isTall: boolean;
  readonly entrance: Box;
  readonly counter: Box;
  readonly belt: Box | undefined;
  readonly ovens: Box | undefined;
  readonly shelf: Box | undefined;
  readonly deadLetters: Box | undefined;
  /** Where what is lost lies. */
  readonly ground: Box;
  /** Radius of a cookie. */
  readonly radius: number;
}

/** Room above each box for its label, in the size of the page's letters. */
const labelHeights = { wide: 2.5, narrow: 3.6, tall: 1.8 };
/** What is said of the floor has a line, on a narrow screen two, and on a phone three; what lies there is below it. */
const groundHeights = { wide: 3.1, narrow: 4.6, tall: 6 };
const tallBelow = 640;
/** Below this, in the size of the page's letters, a text may take a line more. */
const narrowBelow = 62;

/** Parts of the way from the entrance to the exit, from 0 to 1. */
const stations = {
  withQueue: {
    entrance: [0, 0.1],
    counter: [0.1, 0.31],
    belt: [0.33, 0.54],
    ovens: [0.56, 0.77],
    shelf: [0.79, 0.995],
  },
  withTable: { entrance: [0, 0.1], counter: [0.1, 0.66], shelf: [0.7, 0.995] },
  alone: { entrance: [0, 0.1], counter: [0.1, 1] },
} as const;

/** @param letters the size of the page's letters: labels take room */
export function layoutOf(width: number, height: number, parts: LaneParts, letters: number): Layout {
  const isTall = width < tallBelow;
  const shape = isTall ? 'tall' : width < narrowBelow * letters ? 'narrow' : 'wide';
  const labelHeight = letters * labelHeights[shape];
  const groundHeight = letters * groundHeights[shape];
  const gap = isTall ? 10 : 14;
  const way = isTall ? height - groundHeight : width;
  const across = isTall ? width - 2 * gap : height - groundHeight - labelHeight - 6;
  const box = (part: readonly [number, number] | undefined): Box | undefined => {
    if (!part) {
      return undefined;
    }
    const [from, to] = [part[0] * way, part[1] * way];
    return isTall
      ? { x: gap, y: from + labelHeight, width: across, height: to - from - labelHeight - 4 }
      : { x: from + gap / 2, y: labelHeight, width: to - from - gap, height: across };
  };
  const chosen = parts.hasQueue ? stations.withQueue : parts.hasTable ? stations.withTable : stations.alone;
  const belt = box('belt' in chosen ? chosen.belt : undefined);
  const bin = belt && parts.hasDeadLetters ? binIn(belt, isTall, letters) : undefined;
  return {
    ...{ width, height, isTall },
    entrance: box(chosen.entrance) ?? { x: 0, y: 0, width: 0, height: 0 },
    counter: box(chosen.counter) ?? { x: 0, y: 0, width, height },
    belt: belt && bin ? withoutBin(belt, bin, isTall, letters) : belt,
    ovens: box('ovens' in chosen ? chosen.ovens : undefined),
    shelf: box('shelf' in chosen ? chosen.shelf : undefined),
    deadLetters: bin,
    ground: { x: 0, y: height - groundHeight, width, height: groundHeight },
    radius: Math.max(6, Math.min(14, Math.sqrt(width * height) / 62)),
  };
}

/** The crate of dead letters stands at the end of the belt. */
function binIn({ x, y, width, height }: Box, isTall: boolean, letters: number): Box {
  return isTall
    ? { x: x + width * 0.7, y: y + letters, width: width * 0.3, height: height - letters }
    : { x: x + width * 0.25, y: y + height * 0.7, width: width * 0.5, height: height * 0.3 };
}

function withoutBin(belt: Box, bin: Box, isTall: boolean, letters: number): Box {
  return isTall
    ? { ...belt, width: belt.width - bin.width - 10 }
    : { ...belt, height: belt.height - bin.height - letters * 1.6 };
}

/** So many cells of about one shape in a box, as large as they can be. */
export function gridIn(box: Box, count: number, shape: { readonly ratio: number; readonly most: number }): Box[] {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(box.width / columns, (box.height / rows) * shape.ratio, shape.most);
    if (size > best.size) {
      best = { columns, size };
    }
  }
  const { columns, size: width } = best;
  const height = width / shape.ratio;
  const rows = Math.ceil(count / columns);
  const left = box.x + (box.width - columns * width) / 2;
  const top = box.y + (box.height - rows * height) / 2;
  return Array.from({ length: count }, (_, at) => ({
    x: left + (at % columns) * width,
    y: top + Math.floor(at / columns) * height,
    width,
    height,
  }));
}

/** What is next to its neighbour by less than this part of a cookie is covered by it, and need not be painted. */
const seenPart = 0.4;

function rowsOf(box: Box, count: number, pitch: number) {
  const columns = Math.max(1, Math.floor(box.width / pitch));
  const rows = Math.max(1, Math.ceil(count / columns));
  const step = Math.max(1, Math.min(pitch, rows > 1 ? (box.height - pitch) / (rows - 1) : pitch));
  return { columns, rows, step };
}

/** The place of a thing among so many in a box, in rows from the bottom up. Where there is no more room, they overlap. */
export function pileIn(box: Box, at: number, count: number, pitch: number): Point {
  const { columns, step } = rowsOf(box, count, pitch);
  const [column, row] = [at % columns, Math.floor(at / columns)];
  const spread = (box.width - columns * pitch) / 2;
  return {
    x: box.x + spread + (column + 0.5) * pitch,
    y: box.y + box.height - pitch / 2 - row * step,
  };
}

/** Whether others of a pile are so near that nobody misses this one. */
export function isCoveredIn(box: Box, at: number, count: number, pitch: number): boolean {
  const { columns, rows, step } = rowsOf(box, count, pitch);
  const row = Math.floor(at / columns);
  const every = Math.floor((pitch * seenPart) / step);
  return every > 1 && row % every !== 0 && row < rows - 1;
}

export const centreOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
