import { compare } from 'dynalite/db/index.js';
import { includesText } from '../../../wire/text-search.ts';
import type { Attribute, Message } from '../item/item.ts';

/** A node of a parsed condition: dynalite resolves its `args` against an item, then compares what it has. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly args: Arguments;
}

/** Of an array dynalite uses `map` alone, which gives it what the operands are for an item. */
interface Arguments {
  map(resolve: (operand: unknown) => Attribute | null | undefined): (Attribute | null | undefined)[];
}

interface Parsed {
  readonly expression: Node;
}

/** The older way to say a condition: by attributes. */
interface LegacyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly Attribute[];
  readonly Value?: Attribute;
  readonly Exists?: boolean;
}

const sets = ['SS', 'NS', 'BS'];
const groups = ['and', 'or', 'not'];
const contains = ['contains', 'CONTAINS'];
const equals = ['=', 'EQ'];
const trueValue: Attribute = { BOOL: true };

/**
 * Has the conditions of a prepared request compare in a time that grows with what they compare, and no faster. dynalite looks for
 * each member of one set in the other, and for a text by the engine's own search: for two of 400 KB that takes minutes.
 */
export function withLinearComparisons(prepared: Message): Message {
  const { ConditionalOperator } = prepared;
  const condition = prepared['_condition'] ?? fromLegacy(prepared['Expected'], ConditionalOperator);
  const filter =
    prepared['_filter'] ?? fromLegacy(prepared['QueryFilter'] ?? prepared['ScanFilter'], ConditionalOperator);
  return {
    ...prepared,
    ...(condition !== undefined && { _condition: linear(condition as Parsed) }),
    ...(filter !== undefined && { _filter: linear(filter as Parsed) }),
  };
}

const linear = (parsed: Parsed): Parsed => ({ ...parsed, expression: linearNode(parsed.expression) });

function linearNode(node: Node): Node {
  if (groups.includes(node.type)) {
    return { ...node, args: (node.args as unknown as Node[]).map(linearNode) as unknown as Arguments };
  }
  const operator = node.type === 'function' ? String(node.name) : node.type;
  const args: Arguments = {
    map: (resolve) => {
      const [value, ...others] = node.args.map(resolve);
      return [holds(operator, value, others) ? trueValue : null];
    },
  };
  return { type: 'function', name: 'attribute_exists', args };
}

function holds(
  operator: string,
  value: Attribute | null | undefined,
  others: (Attribute | null | undefined)[],
): boolean {
  const [other] = others;
  if (operator === 'NOT_CONTAINS') {
    return !holds('CONTAINS', value, others);
  }
  if (operator === '<>' || operator === 'NE') {
    return !holds('=', value, others);
  }
  if (operator === 'in' || operator === 'IN') {
    return others.some((one) => holds('=', value, [one]));
  }
  if (contains.includes(operator)) {
    const [text, part] = [textOf(value), textOf(other)];
    if (text && part && text.type === part.type) {
      return once(value, other, () => includesText(text.read(), part.read()));
    }
  }
  const type = equals.includes(operator) ? sets.find((name) => value?.[name] && other?.[name]) : undefined;
  if (type) {
    return once(value, other, () => haveSameMembers(value?.[type] as string[], other?.[type] as string[]));
  }
  return compare(operator, value, others);
}

/** What two operands of a request were found to be to each other: an expression may ask that a hundred times. */
const known = new WeakMap<Attribute, WeakMap<Attribute, boolean>>();

function once(value: Attribute | null | undefined, other: Attribute | null | undefined, find: () => boolean): boolean {
  if (!value || !other) {
    return find();
  }
  const ofOther = known.get(other) ?? new WeakMap<Attribute, boolean>();
  known.set(other, ofOther);
  const found = ofOther.get(value) ?? find();
  ofOther.set(value, found);
  return found;
}

/** A text, or bytes with a character for each. */
function textOf(value: Attribute | null | undefined) {
  const { S, B } = value ?? {};
  if (typeof S === 'string') {
    return { type: 'S', read: () => S };
  }
  return typeof B === 'string' ? { type: 'B', read: () => Buffer.from(B, 'base64').toString('latin1') } : undefined;
}

function haveSameMembers(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) {
    return false;
  }
  const members = new Set(a);
  return b.every((member) => members.has(member));
}

function fromLegacy(conditions: unknown, ConditionalOperator: unknown): Parsed | undefined {
  const nodes = Object.entries((conditions ?? {}) as Record<string, LegacyCondition>).map(legacyNode);
  const [first, ...others] = nodes;
  if (!first) {
    return undefined;
  }
  const type = ConditionalOperator === 'OR' ? 'or' : 'and';
  return {
    expression: others.reduce<Node>((before, node) => ({ type, args: [before, node] as unknown as Arguments }), first),
  };
}

function legacyNode([attribute, condition]: [string, LegacyCondition]): Node {
  const { ComparisonOperator = 'EQ', AttributeValueList, Value, Exists } = condition;
  const name = Exists === false ? 'NULL' : ComparisonOperator;
  const values = AttributeValueList ?? (Value ? [Value] : []);
  return { type: 'function', name, args: [[attribute], ...values] as unknown as Arguments };
}
