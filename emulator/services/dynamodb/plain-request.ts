import type { Message } from './item/item.ts';

/** What dynalite says of a member of a request: its type alone, or also what it holds and what must be true of it. */
type Rule = string | Rules;
interface Rules {
  readonly type: string;
  /** Of a list or a map the rule of each element, of a structure those of its members. */
  readonly children?: Rule | Readonly<Record<string, Rule>>;
  readonly [constraint: string]: unknown;
}

type Check = (value: unknown) => boolean;

/**
 * Makes the check whether a request is what nearly all requests are: with members that the operation knows alone, and of each the
 * type and the constraints that dynalite asks for, without a null or a binary anywhere. Of such a request dynalite's own two
 * passes, which read their rules anew each time, would find nothing to say and make a copy. All others are theirs.
 */
export function plainRequest(types: object): (request: Message) => boolean {
  return structure(types as Readonly<Record<string, Rule>>);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of this name is no member for dynalite. */
const prototype = '__proto__';

function structure(rules: Readonly<Record<string, Rule>>): Check {
  const checks = new Map(Object.entries(rules).map(([name, rule]) => [name, checkOf(rule)]));
  const needed = Object.keys(rules).filter((name) => isNeeded(rules[name]));
  return (value) => {
    if (!isObject(value)) {
      return false;
    }
    for (const name in value) {
      const check = checks.get(name);
      if (!check?.(value[name])) {
        return false;
      }
    }
    return needed.every((name) => value[name] !== undefined);
  };
}

const isNeeded = (rule: Rule | undefined): boolean =>
  typeof rule === 'object' && (rule['notNull'] === true || rule['required'] === true);

function checkOf(rule: Rule): Check {
  const { type, children, ...constraints } = typeof rule === 'string' ? { type: rule } : rule;
  const ofType = typeCheck(type, children);
  const all = Object.entries(constraints).map(([name, bound]) => constraintCheck(name, bound));
  return (value) => ofType(value) && all.every((holds) => holds(value));
}

function typeCheck(type: string, children: Rules['children']): Check {
  if (type.startsWith('AttrStruct<')) {
    return isAttribute;
  }
  if (type === 'String') {
    return (value) => typeof value === 'string';
  }
  if (type === 'Boolean') {
    return (value) => typeof value === 'boolean';
  }
  if (type === 'Integer' || type === 'Long') {
    return Number.isInteger;
  }
  if (!children) {
    return never;
  }
  if (/^(Value|Field)Struct</.test(type)) {
    return structure(children as Readonly<Record<string, Rule>>);
  }
  const child = checkOf(children as Rule);
  if (type === 'List' || type === 'ParameterizedList') {
    return (value) => Array.isArray(value) && value.every(child);
  }
  if (/^Map</.test(type) || type === 'ParameterizedMap') {
    return mapOf(child);
  }
  return never;
}

const never: Check = () => false;

function mapOf(child: Check): Check {
  return (value) => {
    if (!isObject(value)) {
      return false;
    }
    for (const name in value) {
      if (name === prototype || !child(value[name])) {
        return false;
      }
    }
    return true;
  };
}

/** How many elements a list has, members a map, or characters a text. */
const lengthOf = (value: unknown): number =>
  isObject(value) ? Object.keys(value).length : (value as string | unknown[]).length;

function constraintCheck(name: string, bound: unknown): Check {
  const number = Number(bound);
  switch (name) {
    case 'notNull':
    case 'required':
      return () => true;
    case 'greaterThanOrEqual':
      return (value) => Number(value) >= number;
    case 'lessThanOrEqual':
      return (value) => Number(value) <= number;
    case 'lengthGreaterThanOrEqual':
      return (value) => lengthOf(value) >= number;
    case 'lengthLessThanOrEqual':
      return (value) => lengthOf(value) <= number;
    case 'enum': {
      const values = new Set(bound as readonly unknown[]);
      return (value) => values.has(value);
    }
    case 'regex': {
      const pattern = new RegExp(`^${String(bound)}$`);
      return (value) => pattern.test(value as string);
    }
    case 'keys':
    case 'values': {
      const all = Object.entries(bound as object).map(([inner, value]) => constraintCheck(inner, value));
      const partsOf = name === 'keys' ? Object.keys : Object.values;
      return (map) => partsOf(map as object).every((part) => all.every((holds) => holds(part)));
    }
    default:
      return never;
  }
}

/** An attribute without bytes in it, which would have to be read to be checked. */
function isAttribute(value: unknown): boolean {
  if (!isObject(value)) {
    return false;
  }
  for (const type in value) {
    const check = attributeTypes.get(type);
    if (!check?.(value[type])) {
      return false;
    }
  }
  return true;
}

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isFlag: Check = (value) => typeof value === 'boolean';

const attributeTypes: ReadonlyMap<string, Check> = new Map([
  ['S', isText],
  ['N', isText],
  ['BOOL', isFlag],
  ['NULL', isFlag],
  ['SS', isTexts],
  ['NS', isTexts],
  ['L', (value: unknown) => Array.isArray(value) && value.every(isAttribute)],
  ['M', mapOf(isAttribute)],
]);
