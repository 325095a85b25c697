import type { Flowchart, FlowEdge, FlowNode } from './flowchart.ts';
import { linesOf, widthOf } from './text.ts';

/** All in pixels, at letters of 14. */
const lineHeight = 17;
const padding = { x: 14, y: 9 };
/** Between two below each other it is wide where more labels have to be read than there are boxes. */
const gap = { x: 38, y: 20, wide: 44 };
/** The lid of a store takes room above its text. */
const lid = 8;
const groupPadding = 14;
const margin = 4;

export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Placed {
  readonly node: FlowNode;
  readonly lines: readonly string[];
}

export interface PlacedGroup extends Placed {
  readonly title: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly FlowEdge[];
}

interface Size {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Puts a flowchart into columns, from left to right. Groups that nothing connects stand below each other. */
export function layoutOf({ nodes, edges, groups }: Flowchart): Layout {
  const inner = groups.map(({ id, title }) => {
    const own = nodes.filter(({ group }) => group === id);
    const placed = inColumns(own.map(sizeOf), edges);
    const size = sizeAround(placed);
    const width = Math.max(size.width, widthOf(title)) + 2 * groupPadding;
    return { id, title, own, placed, width, height: size.height + groupPadding + lineHeight * 2 };
  });
  const outer = inColumns([...nodes.filter(({ group }) => group === '').map(sizeOf), ...inner], edges);
  const at = new Map(outer.map((placed) => [placed.id, placed]));
  const placedGroups = inner.map(({ id, title, width, height }) => ({
    x: 0,
    y: 0,
    ...at.get(id),
    id,
    title,
    width,
    height,
  }));
  for (const { id, placed } of inner) {
    const { x = 0, y = 0 } = at.get(id) ?? {};
    for (const one of placed) {
      at.set(one.id, { ...one, x: one.x + x + groupPadding, y: one.y + y + lineHeight * 1.6 });
    }
  }
  const placedNodes = nodes.flatMap((node): PlacedNode[] => {
    const placed = at.get(node.id);
    return placed ? [{ ...placed, node, lines: linesOf(node.text) }] : [];
  });
  const { width, height } = sizeAround([...placedNodes, ...placedGroups]);
  const shift = <Box extends Placed>(box: Box): Box => ({ ...box, x: box.x + margin, y: box.y + margin });
  return {
    width: width + 2 * margin,
    height: height + 2 * margin,
    ...{ nodes: placedNodes.map(shift), groups: placedGroups.map(shift), edges },
  };
}

function sizeOf({ id, text, shape }: FlowNode): Size {
  const lines = linesOf(text);
  return {
    id,
    width: Math.max(...lines.map(widthOf)) + 2 * padding.x,
    height: lines.length * lineHeight + 2 * padding.y + (shape === 'store' ? lid : 0),
  };
}

const sizeAround = (placed: readonly Placed[]) => ({
  width: Math.max(0, ...placed.map(({ x, width }) => x + width)),
  height: Math.max(0, ...placed.map(({ y, height }) => y + height)),
});

/** Each stands in the column after those that lead to it, near those that it is connected to. */
function inColumns(sizes: readonly Size[], all: readonly FlowEdge[]): Placed[] {
  const ids = new Set(sizes.map(({ id }) => id));
  const edges = all.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const ranks = ranksOf(sizes, edges);
  const columns = Array.from({ length: Math.max(0, ...ranks.values()) + 1 }, (_, rank) =>
    sizes.filter(({ id }) => ranks.get(id) === rank),
  );
  sortByNeighbours(columns, edges);
  const labelsAfter = (rank: number) =>
    edges.filter(({ from, to, label }) => label !== '' && Math.min(ranks.get(from) ?? 0, ranks.get(to) ?? 0) === rank);
  const gapY = columns.some((column, rank) => labelsAfter(rank).length > column.length) ? gap.wide : gap.y;
  const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height + gapY, -gapY));
  const highest = Math.max(0, ...heights);
  let x = 0;
  return columns.flatMap((column, rank) => {
    const width = Math.max(0, ...column.map((size) => size.width));
    let y = (highest - (heights[rank] ?? 0)) / 2;
    const placed = column.map((size) => {
      const one = { ...size, x: x + (width - size.width) / 2, y };
      y += size.height + gapY;
      return one;
    });
    x += width + gap.x + Math.max(0, ...labelsAfter(rank).flatMap(({ label }) => linesOf(label).map(widthOf)));
    return placed;
  });
}

function ranksOf(sizes: readonly Size[], edges: readonly FlowEdge[]): Map<string, number> {
  const ranks = new Map(sizes.map(({ id }) => [id, 0]));
  const order = new Map(sizes.map(({ id }, at) => [id, at]));
  const rankOf = (id: string) => ranks.get(id) ?? 0;
  // What leads back to what was named before it does not count, or nothing would be the first.
  const onwards = edges.filter(({ from, to }) => !leadsBack({ from, to }, edges, order));
  for (let round = 0; round < sizes.length; round += 1) {
    for (const { from, to } of onwards) {
      ranks.set(to, Math.max(rankOf(to), rankOf(from) + 1));
    }
  }
  // What nothing leads to stands right before what it leads to.
  for (const { id } of sizes) {
    const next = onwards.filter(({ from }) => from === id).map(({ to }) => rankOf(to));
    if (next.length > 0 && !onwards.some(({ to }) => to === id)) {
      ranks.set(id, Math.min(...next) - 1);
    }
  }
  return ranks;
}

/** Whether an edge is the way back of another one. */
const leadsBack = (
  { from, to }: Pick<FlowEdge, 'from' | 'to'>,
  edges: readonly FlowEdge[],
  order: ReadonlyMap<string, number>,
): boolean =>
  edges.some((other) => other.from === to && other.to === from) && (order.get(from) ?? 0) > (order.get(to) ?? 0);

/** Columns from the right to the left and back again, each sorted by where its neighbours stand. */
function sortByNeighbours(columns: Size[][], edges: readonly FlowEdge[]): void {
  const positionIn = (column: readonly Size[] = []) =>
    new Map(column.map(({ id }, at) => [id, (at + 0.5) / column.length]));
  const sort = (at: number, beside: number) => {
    const positions = positionIn(columns[beside]);
    const own = positionIn(columns[at]);
    const wanted = (id: string) => {
      const neighbours = edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
      const known = neighbours.flatMap((other) => positions.get(other) ?? []);
      return known.length === 0 ? (own.get(id) ?? 0) : known.reduce((sum, one) => sum + one, 0) / known.length;
    };
    columns[at]?.sort((one, other) => wanted(one.id) - wanted(other.id));
  };
  for (let at = 1; at < columns.length; at += 1) {
    sort(at, at - 1);
  }
  for (let at = columns.length - 2; at >= 0; at -= 1) {
    sort(at, at + 1);
  }
}
