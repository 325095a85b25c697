/**
 * Names, each after all that it depends on. It keeps its way in a list rather than on the stack, so that no chain is too long.
 * @param cycle makes the error for names that depend on each other, in a ring
 */
export function dependencyOrder(
  graph: ReadonlyMap<string, Iterable<string>>,
  cycle: (names: readonly string[]) => Error,
): string[] {
  const order = new Set<string>();
  /** The names from a start to what it depends on, and what is still to be looked at of each. */
  const way = new Set<string>();
  const left: Iterator<string>[] = [];
  const enter = (name: string): void => {
    way.add(name);
    left.push((graph.get(name) ?? [])[Symbol.iterator]());
  };
  const leave = (name: string): void => {
    way.delete(name);
    order.add(name);
  };
  for (const start of graph.keys()) {
    const names = order.has(start) ? [] : [start];
    if (names.length > 0) {
      enter(start);
    }
    while (names.length > 0) {
      const next = left.at(-1)?.next();
      if (!next || next.done) {
        left.pop();
        leave(names.pop() ?? '');
      } else if (way.has(next.value)) {
        throw cycle(names.slice(names.indexOf(next.value)));
      } else if (!order.has(next.value)) {
        names.push(next.value);
        enter(next.value);
      }
    }
  }
  return [...order];
}
