import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagramOf } from './diagram.ts';
import { parseFlowchart, UnknownFlowchart } from './flowchart.ts';
import { layoutOf, type Placed } from './layout.ts';

const workshop = join(import.meta.dirname, '..', '..', '..');

/** Every diagram of the lessons, by its folder. */
const diagrams = readdirSync(workshop)
  .filter((folder) => /^\d\d-/.test(folder))
  .flatMap((folder) => {
    const text = readFileSync(join(workshop, folder, 'README.md'), 'utf8');
    return [...text.matchAll(/```mermaid\n([^`]*)```/g)].map(([, diagram = '']) => ({ folder, diagram }));
  });

const overlap = (one: Placed, other: Placed) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

test('lessons have diagrams', () => {
  expect(diagrams.length).toBeGreaterThan(5);
});

test.each(diagrams)('the diagram of $folder is drawn, and nothing covers anything else', ({ diagram }) => {
  const flowchart = parseFlowchart(diagram);
  const { nodes, groups, width, height, edges } = layoutOf(flowchart);
  expect(nodes).toHaveLength(flowchart.nodes.length);
  for (const [at, node] of nodes.entries()) {
    expect(
      nodes
        .slice(at + 1)
        .filter((other) => overlap(node, other))
        .map(({ id }) => id),
      node.id,
    ).toEqual([]);
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.y).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(width);
    expect(node.y + node.height).toBeLessThanOrEqual(height);
    const around = groups.filter((group) => overlap(node, group)).map(({ id }) => id);
    expect(around, node.id).toEqual(node.node.group === '' ? [] : [node.node.group]);
  }
  const svg = diagramOf(diagram).text;
  expect(svg.match(/class="edge( dotted)?"/g)).toHaveLength(edges.length);
});

test('the language: shapes, links with words, several at once, groups', () => {
  const { nodes, edges, groups } = parseFlowchart(`flowchart LR
    a([a customer]) -- "POST /orders" --> b & c[(the table)]
    b -. later .-> d{{"what runs<br/>now"}} --- e
    subgraph g [a group]
      f[[queue]] --> h
    end
    d --> g`);
  expect(nodes.map(({ id, shape, group }) => [id, shape, group].join(' ').trim())).toEqual([
    ...['a round', 'b box', 'c store', 'd hexagon', 'e box', 'f queue g', 'h box g'],
  ]);
  expect(groups).toEqual([{ id: 'g', title: 'a group' }]);
  expect(edges.map(({ from, to, label }) => `${from}>${to} ${label}`.trim())).toEqual([
    ...['a>b POST /orders', 'a>c POST /orders', 'b>d later', 'd>e', 'f>h', 'd>g'],
  ]);
  expect(edges.map(({ isDotted }) => isDotted)).toEqual([false, false, true, false, false, false]);
  expect(edges.map(({ hasArrow }) => hasArrow)).toEqual([true, true, true, false, true, true]);
});

test('what is written in a diagram is text', () => {
  const svg = diagramOf('flowchart LR\n  a[<script>alert(1)</script>] --> b').text;
  expect(svg).not.toContain('<script>');
});

test.each(['graph TD\n  a --> b', 'flowchart LR\n  a ==> b', 'flowchart LR\n  a[never closed --> b'])(
  'what is not understood is named: %s',
  (text) => {
    expect(() => parseFlowchart(text)).toThrow(UnknownFlowchart);
  },
);
