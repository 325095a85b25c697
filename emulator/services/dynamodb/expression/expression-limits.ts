import { BoundedMap } from '../../../wire/bounded-map.ts';
import { ItemError } from '../errors.ts';
import type { Message } from '../item/item.ts';

/** Source: DynamoDB Developer Guide, "Constraints", expression parameters: of each expression, in bytes and in operators. */
const maxBytes = 4096;
const maxOperators = 300;
/** The names and positions of a document path. */
const maxPath = 32;

const expressions = [
  ...['UpdateExpression', 'ConditionExpression', 'KeyConditionExpression', 'FilterExpression', 'ProjectionExpression'],
];

/** `BETWEEN` is counted by its `AND`, and `IN` by its list. */
const operator = /\b(?:AND|OR|NOT)\b|<=|>=|<>|[=<>]|\b\w+\s*\(/gi;
const pathPattern = /[\w#][\w#.[\]]*/g;

/**
 * Holds the expressions of a request against their limits, before they are parsed.
 * @throws ValidationException
 */
export function assertExpressions(request: Message): void {
  for (const name of expressions) {
    const expression = request[name];
    if (typeof expression === 'string' && !withinLimits.get(expression)) {
      assertExpression(name, expression);
      withinLimits.set(expression, true);
    }
  }
}

/** Those that were within their limits lately: programs send the same few again and again. */
const withinLimits = new BoundedMap<true>(1000);

/** Source: DynamoDB Developer Guide, "Constraints": operands of `IN`. */
const maxInOperands = 100;

/** A condition as it was parsed. */
export interface ParsedNode {
  readonly type: string;
  readonly args?: unknown;
}

/** @throws ValidationException */
export function assertOperands(name: string, { type, args }: ParsedNode): void {
  const operands: readonly unknown[] = Array.isArray(args) ? args : [];
  if (type === 'in' && operands.length > maxInOperands + 1) {
    throw new ItemError('ValidationException', {
      message: `Invalid ${name}: Incorrect number of operands for operator or function; operator or function: IN, number of operands: ${operands.length - 1}`,
    });
  }
  for (const node of ['and', 'or', 'not'].includes(type) ? operands : []) {
    assertOperands(name, node as ParsedNode);
  }
}

function assertExpression(name: string, expression: string): void {
  const invalid = (why: string) => new ItemError('ValidationException', { message: `Invalid ${name}: ${why}` });
  const bytes = Buffer.byteLength(expression);
  if (bytes > maxBytes) {
    throw invalid(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
  }
  const operators = [...expression.matchAll(operator)].length;
  if (operators > maxOperators) {
    throw invalid(`The expression contains too many operators; operator count: ${operators}`);
  }
  for (const [path] of expression.matchAll(pathPattern)) {
    const levels = path.split(/[.[]/).length;
    if (levels > maxPath) {
      throw invalid(`The document path has too many nesting levels; nesting levels: ${levels}`);
    }
  }
}
