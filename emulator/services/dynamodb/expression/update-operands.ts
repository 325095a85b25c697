import { type Attribute, attributeAt, type Item, type Message, maxItemBytes } from '../item/item.ts';
import { itemSize } from '../item/item-size.ts';
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
  if (item) {
    settleSets(AttributeUpdates as AttributeUpdates | undefined, item);
  }
  if (!_updates) {
    return;
  }
  const { sections } = _updates as { readonly sections: Clause[] };
  const operands = new Operands(item ?? {});
  for (const clause of sections) {
    if (clause.type === 'set' && clause.val) {
      clause.val = operands.settle(clause.val);
    } else if (item) {
      settleSet(clause, item);
    }
  }
  if (item) {
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

/** More than an item can hold: an update with it is refused, where its condition holds. */
const tooLarge: Attribute = { S: 'x'.repeat(maxItemBytes + 1) };

/** The operands of an update's SET clauses. What they are set to is in the item together: it is not copied past its limit. */
class Operands {
  readonly #item: Item;
  /** What the item may still hold, in bytes. */
  #room = maxItemBytes;

  constructor(item: Item) {
    this.#item = item;
  }

  /** With copies of what its paths lead to. A path that leads nowhere stays, and is reported by dynalite. */
  settle(operand: Operand): Operand {
    const settled = this.#settle(operand);
    return this.#room < 0 ? (tooLarge as Operand) : settled;
  }

  #settle(operand: Operand): Operand {
    if (this.#room < 0) {
      return operand;
    }
    if (isPath(operand)) {
      return this.#copyOf(operand) ?? operand;
    }
    const { name, args } = operand;
    if (!args) {
      this.#take(operand as Attribute);
      return operand;
    }
    if (name === 'if_not_exists') {
      const [path, otherwise] = args;
      if (!path || !otherwise || !isPath(path)) {
        return operand;
      }
      return this.#copyOf(path) ?? this.#settle(otherwise);
    }
    return { ...operand, args: args.map((argument) => this.#settle(argument)) };
  }

  #copyOf(path: readonly (string | number)[]): Operand | undefined {
    const found = attributeAt(path, this.#item);
    if (!found) {
      return undefined;
    }
    this.#take(found);
    return this.#room < 0 ? undefined : (structuredClone(found) as Operand);
  }

  #take(attribute: Attribute): void {
    // Of numbers that are added up only one is stored, and none is large.
    if (!('N' in attribute)) {
      this.#room -= itemSize({ '': attribute });
    }
  }
}

const isPath = (operand: Operand): operand is readonly (string | number)[] => Array.isArray(operand);

/**
 * Has what is put past the end of a list put at its end, in the order of the positions: "Adding elements to a list" in "Update
 * expressions". dynalite would make the list as long as the position says first.
 */
function settlePositions(sections: readonly Clause[], item: Item): void {
  const ends = new Map<unknown[], number>();
  const positioned = sections.filter(({ type, path }) => type !== 'remove' && typeof path.at(-1) === 'number');
  for (const { path } of positioned.sort((a, b) => Number(a.path.at(-1)) - Number(b.path.at(-1)))) {
    const list = attributeAt(path.slice(0, -1), item)?.['L'];
    if (!Array.isArray(list)) {
      continue;
    }
    const end = ends.get(list) ?? list.length;
    if (Number(path.at(-1)) < end) {
      continue;
    }
    path[path.length - 1] = end;
    ends.set(list, end + 1);
  }
}
