import { InvalidPattern } from './invalid-pattern.ts';

const comparisonOf: ReadonlyMap<unknown, (value: number, limit: number) => boolean> = new Map([
  ['=', (value, limit) => value === limit],
  ['<', (value, limit) => value < limit],
  ['<=', (value, limit) => value <= limit],
  ['>', (value, limit) => value > limit],
  ['>=', (value, limit) => value >= limit],
]);

/**
 * Reads the operand of `numeric`: a comparison, `["=", 100]`, or a range with its lower end first, `[">", 0, "<=", 5]`.
 * @throws InvalidPattern
 */
export function numericTest(operand: unknown): (leaf: unknown) => boolean {
  if (!Array.isArray(operand)) {
    throw new InvalidPattern('Value of numeric must be an array.');
  }
  const [operator, limit, second, top, ...others] = operand as unknown[];
  const lower = comparison(operator, limit);
  if (operand.length === 2) {
    return (leaf) => typeof leaf === 'number' && lower(leaf);
  }
  if (!['>', '>='].includes(String(operator)) || others.length > 0) {
    throw new InvalidPattern('Too many elements in numeric expression');
  }
  if (!['<', '<='].includes(String(second))) {
    throw new InvalidPattern(`Bad numeric range operator: ${second}`);
  }
  const upper = comparison(second, top);
  if (Number(limit) >= Number(top)) {
    throw new InvalidPattern('Bottom must be less than top');
  }
  return (leaf) => typeof leaf === 'number' && lower(leaf) && upper(leaf);
}

function comparison(operator: unknown, limit: unknown): (value: number) => boolean {
  const compare = comparisonOf.get(operator);
  if (!compare) {
    throw new InvalidPattern(`Unrecognized numeric range operator: ${operator}`);
  }
  if (typeof limit !== 'number') {
    throw new InvalidPattern(`Value of ${operator} must be numeric`);
  }
  return (value) => compare(value, limit);
}
