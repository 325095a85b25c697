/** A flowchart, as far as the lessons use Mermaid's language: https://mermaid.js.org/syntax/flowchart.html */
export interface Flowchart {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly groups: readonly FlowGroup[];
}

export type Shape = 'box' | 'round' | 'store' | 'queue' | 'hexagon';

export interface FlowNode {
  readonly id: string;
  readonly text: string;
  readonly shape: Shape;
  /** The group that it is in; empty where it is in none. */
  readonly group: string;
}

/** From a node or a group to another one. */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isDotted: boolean;
  readonly hasArrow: boolean;
}

export interface FlowGroup {
  readonly id: string;
  readonly title: string;
}

/** A line that is not in the part of the language that is known here. */
export class UnknownFlowchart extends Error {
  override readonly name = 'UnknownFlowchart';

  constructor(line: string) {
    super(`This line of a flowchart is not understood: ${line}`);
  }
}

/** What stands around a node's text, with the longer ones first, and what it makes of the node. */
const shapes: readonly (readonly [open: string, close: string, shape: Shape])[] = [
  ['([', '])', 'round'],
  ['[(', ')]', 'store'],
  ['[[', ']]', 'queue'],
  ['((', '))', 'round'],
  ['{{', '}}', 'hexagon'],
  ['[/', '/]', 'store'],
  ['[', ']', 'box'],
];

const link = /^\s*(?:(-->|---|-\.->)|(--|-\.)\s+(?:"([^"]*)"|(\S+))\s+(-->|\.->))\s*/;

/** @throws UnknownFlowchart */
export function parseFlowchart(text: string): Flowchart {
  const [head = '', ...lines] = text.split('\n').flatMap((line) => line.trim() || []);
  if (head !== 'flowchart LR') {
    throw new UnknownFlowchart(head);
  }
  const reader = new Reader();
  for (const line of lines) {
    reader.read(line);
  }
  return reader.flowchart;
}

class Reader {
  readonly #nodes = new Map<string, FlowNode>();
  readonly #edges: FlowEdge[] = [];
  readonly #groups: FlowGroup[] = [];
  #group = '';

  get flowchart(): Flowchart {
    const isGroup = (id: string) => this.#groups.some((group) => group.id === id);
    const nodes = [...this.#nodes.values()].filter(({ id }) => !isGroup(id));
    return { nodes, edges: this.#edges, groups: this.#groups };
  }

  read(line: string): void {
    const [, group, title] = /^subgraph (\w+) \[(.+)\]$/.exec(line) ?? [];
    if (group && title) {
      this.#groups.push({ id: group, title });
      this.#group = group;
    } else if (line === 'end') {
      this.#group = '';
    } else {
      this.#chain(line);
    }
  }

  /** Nodes with links between them: `a --> b & c -- says --> d`. */
  #chain(line: string): void {
    let [from, rest] = this.#nodesAt(line, line);
    while (rest !== '') {
      const found = link.exec(rest);
      if (!found) {
        throw new UnknownFlowchart(line);
      }
      const [all, bare, start, quoted, word, end] = found;
      const [to, after] = this.#nodesAt(rest.slice(all.length), line);
      const kind = bare ?? `${start}${end}`;
      const of = { label: quoted ?? word ?? '', isDotted: kind.includes('.'), hasArrow: kind !== '---' };
      this.#edges.push(...from.flatMap((one) => to.map((other) => ({ from: one, to: other, ...of }))));
      [from, rest] = [to, after];
    }
  }

  /** The nodes that a text begins with, and the rest of it. */
  #nodesAt(text: string, line: string): [string[], string] {
    const [id = ''] = /^\w+/.exec(text) ?? [];
    if (id === '') {
      throw new UnknownFlowchart(line);
    }
    const rest = this.#node(id, text.slice(id.length), line).trimStart();
    if (!rest.startsWith('& ')) {
      return [[id], rest];
    }
    const [others, after] = this.#nodesAt(rest.slice(2), line);
    return [[id, ...others], after];
  }

  #node(id: string, text: string, line: string): string {
    const known = this.#nodes.get(id);
    const shape = shapes.find(([open]) => text.startsWith(open));
    if (!shape) {
      this.#nodes.set(id, known ?? { id, text: id, shape: 'box', group: this.#group });
      return text;
    }
    const [open, close, name] = shape;
    const end = text.indexOf(close, open.length);
    if (end === -1) {
      throw new UnknownFlowchart(line);
    }
    const words = text.slice(open.length, end).replace(/^"(.*)"$/, '$1');
    this.#nodes.set(id, { id, text: words, shape: name, group: this.#group });
    return text.slice(end + close.length);
  }
}
