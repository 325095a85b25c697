import { type Attribute, attributeAt, type Item } from '../item/item.ts';

/** A clause of an update expression that may add to a set, or delete from one. */
interface SetClause {
  type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: readonly (string | number)[];
  val?: unknown;
}

/** The older way to say an update: by attributes. */
export type AttributeUpdates = Record<string, { Action?: string; Value?: Attribute }>;

const sets = ['SS', 'NS', 'BS'];

/**
 * Works out what becomes of a set, and turns the clause into one that puts it: dynalite compares each member with each, which for
 * two sets of 400 KB takes minutes. A clause that does not fit what is there is left for dynalite to refuse.
 */
export function settleSet(clause: SetClause, item: Item): void {
  if (clause.type !== 'add' && clause.type !== 'delete') {
    return;
  }
  const set = changedSet(clause.type, attributeAt(clause.path, item), clause.val as Attribute);
  if (!set) {
    return;
  }
  clause.type = isEmpty(set) ? 'remove' : 'set';
  clause.val = set;
}

/** The same for `AttributeUpdates`. */
export function settleSets(updates: AttributeUpdates | undefined, item: Item): void {
  for (const [name, update] of Object.entries(updates ?? {})) {
    if (update.Action !== 'ADD' && update.Action !== 'DELETE') {
      continue;
    }
    const set = changedSet(update.Action === 'ADD' ? 'add' : 'delete', item[name], update.Value);
    if (!set) {
      continue;
    }
    const Action = isEmpty(set) ? 'DELETE' : 'PUT';
    (updates ?? {})[name] = Action === 'PUT' ? { Action, Value: set } : { Action };
  }
}

function changedSet(action: 'add' | 'delete', before: Attribute | undefined, change: Attribute | undefined) {
  const type = sets.find((name) => Array.isArray(before?.[name]) && Array.isArray(change?.[name]));
  if (!type) {
    return undefined;
  }
  const [members, changed] = [before?.[type], change?.[type]] as [string[], string[]];
  if (action === 'add') {
    return { [type]: [...new Set([...members, ...changed])] };
  }
  const deleted = new Set(changed);
  return { [type]: members.filter((member) => !deleted.has(member)) };
}

const isEmpty = (set: Attribute): boolean => Object.values(set).every((members) => (members as unknown[]).length === 0);
