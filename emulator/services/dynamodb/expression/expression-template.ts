import type { Values } from './parse.ts';

/** What stands in a template for an attribute value of the request. */
class ValueOf {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A parsed expression without the values that it was parsed with: it is filled with those of each request. */
export class ExpressionTemplate {
  readonly #parsed: unknown;

  constructor(parsed: unknown, values: Values) {
    const names = new Map<unknown, string>(Object.entries(values).map(([name, value]) => [value, name]));
    this.#parsed = copyOf(parsed, (node) => {
      const name = names.get(node);
      return name === undefined ? undefined : new ValueOf(name);
    });
  }

  /** The expression as if it had just been parsed: what works with it changes it in many places. */
  fill(values: Values): unknown {
    return copyOf(this.#parsed, (node) => (node instanceof ValueOf ? values[node.name] : undefined));
  }
}

/**
 * A copy in which some nodes are others. A list that is in two places is one list in the copy, too: the paths of an update are
 * its clauses' own.
 */
function copyOf(root: unknown, replacement: (node: object) => unknown): unknown {
  const lists = new Map<unknown[], unknown[]>();
  const copy = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) {
      return node;
    }
    const other = replacement(node);
    if (other !== undefined) {
      return other;
    }
    if (Array.isArray(node)) {
      return lists.get(node) ?? copyOfList(node);
    }
    // The sets of names that an expression uses have no prototype. They are only ever read.
    return Object.getPrototypeOf(node) === null ? node : copyOfNode(node as Record<string, unknown>);
  };
  const copyOfList = (list: unknown[]): unknown[] => {
    const copied = list.map(copy);
    lists.set(list, copied);
    return copied;
  };
  const copyOfNode = (node: Record<string, unknown>): object => {
    const copied: Record<string, unknown> = {};
    for (const name in node) {
      copied[name] = copy(node[name]);
    }
    return copied;
  };
  return copy(root);
}
