import { invalidParameter } from '../errors.ts';

/** A part of a pattern: nested fields, or, as a list, the rules of which a value must satisfy one. */
interface Pattern {
  readonly [field: string]: Pattern | readonly unknown[];
}

export type EventFilter = (record: unknown) => boolean;

const maxFilters = 5;

/**
 * Reads the patterns of FilterCriteria ("Control which events Lambda sends to your function"). An event passes that
 * satisfies one of them. @throws InvalidParameterValueException where a pattern is none
 */
export function parseFilters(patterns: readonly (string | undefined)[]): EventFilter {
  if (patterns.length === 0) {
    return () => true;
  }
  if (patterns.length > maxFilters) {
    throw invalidParameter(`Number of filters exceeds the limit of ${maxFilters}.`);
  }
  const parsed = patterns.map((text) => parsePattern(text ?? '{}'));
  return (record) => parsed.some((pattern) => matches(pattern, record));
}

function parsePattern(text: string): Pattern {
  const invalid = (reason: string) => invalidParameter(`Invalid filter pattern definition. ${reason}`);
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    throw invalid('It must be an object.');
  }
  checkPattern(pattern as Pattern, invalid);
  return pattern as Pattern;
}

function checkPattern(pattern: Pattern, invalid: (reason: string) => Error): void {
  for (const [field, rules] of Object.entries(pattern)) {
    if (field === '$or') {
      checkBranches(rules, invalid);
    } else if (Array.isArray(rules)) {
      for (const rule of rules) {
        checkRule(rule, invalid);
      }
    } else if (typeof rules === 'object' && rules !== null) {
      checkPattern(rules as Pattern, invalid);
    } else {
      throw invalid(`The rules for ${field} must be in a list.`);
    }
  }
}

function checkBranches(branches: unknown, invalid: (reason: string) => Error): void {
  if (!Array.isArray(branches) || !branches.every(isRecord)) {
    throw invalid('The branches of $or must be a list of objects.');
  }
  for (const branch of branches) {
    checkPattern(branch as Pattern, invalid);
  }
}

function checkRule(rule: unknown, invalid: (reason: string) => Error): void {
  if (typeof rule !== 'object' || rule === null) {
    return;
  }
  const [operator = '', ...others] = Object.keys(rule);
  if (others.length > 0 || !Object.hasOwn(operators, operator)) {
    throw invalid(`There is no operator ${operator}.`);
  }
}

function matches(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([field, rules]) => {
    if (field === '$or') {
      return (rules as readonly Pattern[]).some((branch) => matches(branch, value));
    }
    const found = isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
    if (!Array.isArray(rules)) {
      return matches(rules as Pattern, found);
    }
    return rules.some((rule: unknown) => satisfies(rule, found));
  });
}

function satisfies(rule: unknown, value: unknown): boolean {
  if (isRecord(rule)) {
    const [operator = '', argument] = Object.entries(rule)[0] ?? [];
    // A field that is not there satisfies nothing but a rule that says so.
    if (value === undefined && operator !== 'exists') {
      return false;
    }
    return operators[operator]?.(argument, value) ?? false;
  }
  return Array.isArray(value) ? value.includes(rule) : value === rule;
}

const operators: Readonly<Record<string, (argument: unknown, value: unknown) => boolean>> = {
  exists: (argument, value) => (value !== undefined) === argument,
  prefix: (argument, value) => typeof value === 'string' && value.startsWith(String(argument)),
  suffix: (argument, value) => typeof value === 'string' && value.endsWith(String(argument)),
  'equals-ignore-case': (argument, value) =>
    typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase(),
  'anything-but': (argument, value) => {
    const excluded: unknown[] = Array.isArray(argument) ? argument : [argument];
    return !excluded.some((rule) => satisfies(rule, value));
  },
  numeric: (argument, value) => typeof value === 'number' && Array.isArray(argument) && holds(argument, value),
};

/** `['>', 0, '<=', 5]` */
function holds(comparisons: readonly unknown[], value: number): boolean {
  for (let i = 0; i + 1 < comparisons.length; i += 2) {
    const operator = String(comparisons[i]);
    const compare = Object.hasOwn(comparisonOf, operator) ? comparisonOf[operator] : undefined;
    if (!compare?.(value, Number(comparisons[i + 1]))) {
      return false;
    }
  }
  return comparisons.length >= 2;
}

const comparisonOf: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
