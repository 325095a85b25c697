import { attributeAt, type Item, type Message } from './item.ts';
import { type AttributeUpdates, settleSet, settleSets } from './update-sets.ts';

/** An operand of a SET clause: a path of the item, a function, a sum, or a value. */
type Operand =
  | readonly (string | number)[]
  | { readonly type?: string; readonly name?: string; readonly args?: Operand[] };

interface Clause {
  type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: (string | number)[];
  val?: Operand;
}

/**
 * Makes an update expression work on the item as it was before, which is what every clause of one sees: dynalite lets
 * `SET a = b` share b with a clause that then changes it in place, and removes from a list one element after the other.
 */
export function settleOperands({ _updates, AttributeUpdates }: Message, item: Item | undefined): void {
  if (item) settleSets(AttributeUpdates as AttributeUpdates | undefined, item);
  if (!_updates) return;
  const { sections } = _updates as { readonly sections: Clause[] };
  if (item) {
    for (const clause of sections) {
      if (clause.type === 'set' && clause.val) clause.val = settle(clause.val, item);
      else settleSet(clause, item);
    }
    settlePositions(sections, item);
  }
  sections.sort(byPositionFromTheEnd);
}

/** Elements that are removed from lists come last, and from the end, so that none moves another. */
const byPositionFromTheEnd = (a: Clause, b: Clause): number => positionOf(b) - positionOf(a);

function positionOf({ type, path }: Clause): number {
  const last = path.at(-1);
  return type === 'remove' && typeof last === 'number' ? last : Number.MAX_SAFE_INTEGER;
}

/** An operand with copies of what its paths lead to. A path that leads nowhere stays, and is reported by dynalite. */
function settle(operand: Operand, item: Item): Operand {
  if (isPath(operand)) return copyOf(operand, item) ?? operand;
  const { name, args } = operand;
  if (!args) return operand;
  if (name === 'if_not_exists') {
    const [path, otherwise] = args;
    if (!path || !otherwise || !isPath(path)) return operand;
    return copyOf(path, item) ?? settle(otherwise, item);
  }
  return { ...operand, args: args.map((argument) => settle(argument, item)) };
}

const isPath = (operand: Operand): operand is readonly (string | number)[] => Array.isArray(operand);

function copyOf(path: readonly (string | number)[], item: Item): Operand | undefined {
  return structuredClone(attributeAt(path, item)) as Operand | undefined;
}

/**
 * Has what is put past the end of a list put at its end, in the order of the positions: "Adding elements to a list" in "Update
 * expressions". dynalite would make the list as long as the position says first.
 */
function settlePositions(sections: readonly Clause[], item: Item): void {
  const ends = new Map<unknown[], number>();
  const positioned = sections.filter(({ type, path }) => type !== 'remove' && typeof path.at(-1) === 'number');
  for (const { path } of positioned.sort((a, b) => Number(a.path.at(-1)) - Number(b.path.at(-1)))) {
    const list = attributeAt(path.slice(0, -1), item)?.['L'];
    if (!Array.isArray(list)) continue;
    const end = ends.get(list) ?? list.length;
    if (Number(path.at(-1)) < end) continue;
    path[path.length - 1] = end;
    ends.set(list, end + 1);
  }
}
