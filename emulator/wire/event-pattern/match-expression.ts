import { BlockList, isIP } from 'node:net';
import { InvalidPattern } from './invalid-pattern.ts';
import { numericTest } from './numeric-range.ts';
import { wildcardTest } from './wildcard.ts';

/** A value at the end of a path in an event. */
export type Leaf = string | number | boolean | null;

/** Whether the leaves that an event has at a field, none where the field is missing, match. */
export type LeavesTest = (leaves: readonly Leaf[]) => boolean;

type LeafTest = (leaf: Leaf) => boolean;

/**
 * Reads an operator among the values of a field in an event pattern, such as `{"prefix": "eu-"}`. See
 * "Comparison operators for use in event patterns".
 * @param allowed the operators that the service has
 * @throws InvalidPattern
 */
export function matchExpression(value: unknown, allowed: ReadonlySet<string>): LeavesTest {
  const [operator, operand] = soleEntry(value);
  if (operator === 'exists' && allowed.has(operator)) {
    return existsTest(operand);
  }
  const test = allowed.has(operator) ? operators.get(operator) : undefined;
  if (!test) {
    throw new InvalidPattern(`Unrecognized match type ${operator}`);
  }
  return anyLeaf(test(operand, operator));
}

const anyLeaf =
  (test: LeafTest): LeavesTest =>
  (leaves) =>
    leaves.some(test);

/** Whether a value stands for itself, rather than being an operator. */
export function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function soleEntry(value: unknown): [string, unknown] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidPattern('Match value must be String, number, true, false, or null');
  }
  const [entry, ...others] = Object.entries(value);
  if (!entry) {
    throw new InvalidPattern('Empty objects are not allowed');
  }
  if (others.length > 0) {
    throw new InvalidPattern('Only one key allowed in match expression');
  }
  return entry;
}

function existsTest(wanted: unknown): LeavesTest {
  if (typeof wanted !== 'boolean') {
    throw new InvalidPattern('exists match pattern must be either true or false.');
  }
  return (leaves) => leaves.length > 0 === wanted;
}

type OperatorTest = (operand: unknown, operator: string) => LeafTest;

const equalsIgnoreCase: OperatorTest = (operand, operator) => {
  const wanted = text(operand, operator).toLowerCase();
  return (leaf) => typeof leaf === 'string' && leaf.toLowerCase() === wanted;
};

const wildcard: OperatorTest = (operand, operator) => wildcardTest(text(operand, operator));

/** A prefix or a suffix, which may ignore case: `{"prefix": {"equals-ignore-case": "EU-"}}`. */
const affix =
  (test: (found: string, wanted: string) => boolean): OperatorTest =>
  (operand, operator) => {
    if (typeof operand === 'string') {
      return (leaf) => typeof leaf === 'string' && test(leaf, operand);
    }
    const [modifier, value] = soleEntry(operand);
    if (modifier !== 'equals-ignore-case') {
      throw new InvalidPattern(`Unsupported ${operator} pattern: ${modifier}`);
    }
    const wanted = text(value, operator).toLowerCase();
    return (leaf) => typeof leaf === 'string' && test(leaf.toLowerCase(), wanted);
  };

const prefix = affix((found, wanted) => found.startsWith(wanted));
const suffix = affix((found, wanted) => found.endsWith(wanted));

/** What can stand in `anything-but` beside literals. */
const negatable: ReadonlyMap<string, OperatorTest> = new Map([
  ['prefix', prefix],
  ['suffix', suffix],
  ['wildcard', wildcard],
  ['equals-ignore-case', equalsIgnoreCase],
]);

const anythingBut: OperatorTest = (operand, operator) => {
  if (!isLeaf(operand) && !Array.isArray(operand)) {
    const [negated, value] = soleEntry(operand);
    const test = negatable.get(negated);
    if (!test) {
      throw new InvalidPattern(`Unsupported anything-but pattern: ${negated}`);
    }
    const tests = listOf(value, operator).map((one) => test(one, negated));
    return (leaf) => !tests.some((matches) => matches(leaf));
  }
  const unwanted = listOf(operand, operator);
  const [kind] = unwanted.map((one) => typeof one);
  if ((kind !== 'string' && kind !== 'number') || unwanted.some((one) => typeof one !== kind)) {
    throw new InvalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  const refused = new Set(unwanted);
  return (leaf) => !refused.has(leaf);
};

function listOf(value: unknown, operator: string): unknown[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    throw new InvalidPattern(`Empty arrays are not allowed in ${operator}`);
  }
  return list;
}

const cidr: OperatorTest = (operand, operator) => {
  const [, address = '', bits] = /^([0-9a-fA-F.:]+)(?:\/(\d+))?$/.exec(text(operand, operator)) ?? [];
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const most = family === 'ipv6' ? 128 : 32;
  if (isIP(address) === 0 || Number(bits ?? most) > most) {
    throw new InvalidPattern(`Malformed CIDR, ${operand}`);
  }
  const range = new BlockList();
  range.addSubnet(address, Number(bits ?? most), family);
  return (leaf) =>
    typeof leaf === 'string' && isIP(leaf) !== 0 && range.check(leaf, isIP(leaf) === 6 ? 'ipv6' : 'ipv4');
};

function text(operand: unknown, operator: string): string {
  if (typeof operand === 'string') {
    return operand;
  }
  throw new InvalidPattern(`${operator} match pattern must be a string`);
}

const operators: ReadonlyMap<string, OperatorTest> = new Map([
  ...negatable,
  ['anything-but', anythingBut],
  ['cidr', cidr],
  ['numeric', numericTest],
]);

/** All operators of EventBridge. */
export const operatorNames: ReadonlySet<string> = new Set(['exists', ...operators.keys()]);
