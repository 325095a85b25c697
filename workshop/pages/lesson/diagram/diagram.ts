import { type Html, html } from '../../../report/html.ts';
import { type FlowEdge, parseFlowchart, type Shape } from './flowchart.ts';
import { type Layout, layoutOf, type Placed, type PlacedNode } from './layout.ts';
import { linesOf, widthOf } from './text.ts';

const lineHeight = 17;
const arrow = 7;
/** How far an edge and its way back are from each other, in pixels. */
const apart = 11;

/** A flowchart in Mermaid's language as a picture. Its colours are the page's. @throws UnknownFlowchart */
export function diagramOf(text: string): Html {
  const flowchart = parseFlowchart(text);
  const layout = layoutOf(flowchart);
  const { width, height, nodes, groups } = layout;
  const ways = layout.edges.flatMap((edge) => wayOf(edge, layout));
  return html`<svg class="flowchart" role="img" aria-label="${wordsOf(layout)}" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">${groups.map(
    ({ x, y, width: wide, height: high, title }) =>
      html`<rect class="group" x="${round(x)}" y="${round(y)}" width="${round(wide)}" height="${round(high)}" rx="12"/><text class="title" x="${round(x + wide / 2)}" y="${round(y + lineHeight)}">${title}</text>`,
  )}${ways.map(drawWay)}${nodes.map(drawNode)}${ways.map(drawLabel)}</svg>`;
}

/** What the picture says, for who does not see it. */
function wordsOf({ nodes, groups, edges }: Layout): string {
  const names = new Map([
    ...nodes.map(({ id, node }) => [id, node.text.replaceAll('<br/>', ' ')] as const),
    ...groups.map(({ id, title }) => [id, title] as const),
  ]);
  const name = (id: string) => names.get(id) ?? id;
  const says = edges.map(
    ({ from, to, label, hasArrow }) =>
      `${name(from)} ${hasArrow ? 'to' : 'with'} ${name(to)}${label === '' ? '' : ` (${label})`}`,
  );
  return `A diagram: ${says.join('; ')}.`;
}

function drawNode({ x, y, width, height, node, lines }: PlacedNode): Html {
  const lid = node.shape === 'store' ? 4 : 0;
  const top = y + height / 2 - ((lines.length - 1) * lineHeight) / 2 + 5 + lid;
  return html`<g class="node ${node.shape}">${outlineOf(node.shape, { id: '', x, y, width, height })}${lines.map(
    (line, at) => html`<text x="${round(x + width / 2)}" y="${round(top + at * lineHeight)}">${line}</text>`,
  )}</g>`;
}

function outlineOf(shape: Shape, { x, y, width, height }: Placed): Html {
  switch (shape) {
    case 'round':
      return html`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(height / 2)}"/>`;
    case 'store':
      return html`<path d="M${round(x)} ${round(y + 5)}v${round(height - 10)}a${round(width / 2)} 6 0 0 0 ${round(width)} 0v-${round(height - 10)}a${round(width / 2)} 6 0 0 0 -${round(width)} 0a${round(width / 2)} 6 0 0 0 ${round(width)} 0"/>`;
    case 'queue':
      return html`<path d="M${round(x)} ${round(y)}h${round(width)}v${round(height)}h-${round(width)}zM${round(x + 7)} ${round(y)}v${round(height)}M${round(x + width - 7)} ${round(y)}v${round(height)}"/>`;
    case 'hexagon':
      return html`<path d="M${round(x)} ${round(y + height / 2)}l10 -${round(height / 2)}h${round(width - 20)}l10 ${round(height / 2)}l-10 ${round(height / 2)}h-${round(width - 20)}z"/>`;
    case 'box':
      return html`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6"/>`;
  }
}

interface Way {
  readonly edge: FlowEdge;
  readonly start: Point;
  readonly end: Point;
  /** Where on the way its label is, from 0 to 1: where fewest other edges are. */
  readonly labelAt: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From where to where an edge goes. One and its way back are beside each other. */
function wayOf(edge: FlowEdge, { nodes, groups, edges }: Layout): Way[] {
  const boxes: readonly Placed[] = [...nodes, ...groups];
  const [from, to] = [boxes.find(({ id }) => id === edge.from), boxes.find(({ id }) => id === edge.to)];
  if (!from || !to) {
    return [];
  }
  const hasBack = edges.some((other) => other.from === edge.to && other.to === edge.from);
  const isOnward = from.x + from.width <= to.x;
  const shift = hasBack ? (isOnward ? -apart : apart) : 0;
  const start = { x: isOnward ? from.x + from.width : from.x, y: from.y + from.height / 2 + shift };
  const end = { x: isOnward ? to.x : to.x + to.width, y: to.y + to.height / 2 + shift };
  const isFanOut = edges.filter((other) => other.from === edge.from).length > 1;
  const isFanIn = edges.filter((other) => other.to === edge.to).length > 1;
  return [{ edge, start, end, labelAt: hasBack ? 0.5 : isFanOut ? 0.68 : isFanIn ? 0.32 : 0.5 }];
}

function drawWay({ edge, start, end }: Way): Html {
  const tip = edge.hasArrow ? end.x - Math.sign(end.x - start.x) * arrow : end.x;
  const middle = round((start.x + tip) / 2);
  const [from, to] = [round(start.y), round(end.y)];
  const path = `M${round(start.x)} ${from}C${middle} ${from} ${middle} ${to} ${round(tip)} ${to}`;
  const head = `M${round(tip)} ${round(end.y - 4.5)}L${round(end.x)} ${to}L${round(tip)} ${round(end.y + 4.5)}z`;
  return html`<path class="${edge.isDotted ? 'edge dotted' : 'edge'}" d="${path}"/>${
    edge.hasArrow ? html`<path class="head" d="${head}"/>` : undefined
  }`;
}

/** On its edge, on a ground of its own. */
function drawLabel({ edge: { label }, start, end, labelAt }: Way): Html | undefined {
  if (label === '') {
    return undefined;
  }
  const x = start.x + (end.x - start.x) * (0.5 + (labelAt - 0.5) * 0.25);
  // The curve that an edge is.
  const y = start.y + (end.y - start.y) * labelAt ** 2 * (3 - 2 * labelAt);
  const lines = linesOf(label);
  const width = Math.max(...lines.map(widthOf)) + 6;
  const height = lines.length * lineHeight;
  return html`<rect class="ground" x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}"/>${lines.map(
    (line, at) =>
      html`<text class="label" x="${round(x)}" y="${round(y - height / 2 + 13 + at * lineHeight)}">${line}</text>`,
  )}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
