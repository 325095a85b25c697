import { isBoundedJson } from '../../wire/protocols/json-bounds.ts';
import { matchesParts } from '../../wire/wildcard.ts';
import { invalidParameter } from './errors.ts';
import { parseSelector, selectorPattern } from './json-selector.ts';
import { countRegexes, parseRegex } from './pattern-regex.ts';

/** Whether a condition holds for a JSON event. */
type Condition = (event: unknown) => boolean;
/** Whether one value of the property that a condition selects is as it asks. */
type Test = (value: unknown) => boolean;

/**
 * Reads a JSON pattern, such as `{ $.level = "ERROR" && ($.status >= 500 || $.retry IS TRUE) }`. `&&` binds tighter than
 * `||`. An event that is no JSON matches none, and a property that an event lacks meets no condition but `NOT EXISTS`.
 * @throws InvalidParameterException
 */
export function parseJsonPattern(pattern: string): (message: string) => boolean {
  const condition = new JsonPatternParser(pattern).parse();
  return (message) => {
    const event = parseObject(message);
    return event !== undefined && condition(event);
  };
}

function parseObject(message: string): unknown {
  if (!message.trimStart().startsWith('{') || !isBoundedJson(message)) {
    return undefined;
  }
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

const quotedPattern = /"((?:[^"\\]|\\.)*)"/y;
const regexPattern = /%([^%]*)%/y;
const wordPattern = /[^\s()"%&|{}]+/y;
const operatorPattern = /!=|<=|>=|=|<|>/y;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

class JsonPatternParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Condition {
    this.#expect(/\{/y);
    const condition = this.#or();
    this.#expect(/\}\s*$/y);
    return condition;
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#take(/\|\|/y)) {
      parts.push(this.#and());
    }
    return (event) => parts.some((holds) => holds(event));
  }

  #and(): Condition {
    const parts = [this.#one()];
    while (this.#take(/&&/y)) {
      parts.push(this.#one());
    }
    return (event) => parts.every((holds) => holds(event));
  }

  #one(): Condition {
    if (!this.#take(/\(/y)) {
      return this.#comparison();
    }
    const condition = this.#or();
    this.#expect(/\)/y);
    return condition;
  }

  #comparison(): Condition {
    const select = parseSelector(this.#expect(selectorPattern)[0]);
    if (this.#take(/NOT\s+EXISTS\b/iy)) {
      return (event) => select(event).length === 0;
    }
    if (this.#take(/EXISTS\b/iy)) {
      return (event) => select(event).length > 0;
    }
    const test = this.#test();
    return (event) => select(event).some(test);
  }

  #test(): Test {
    const is = this.#take(/IS\s+(NULL|TRUE|FALSE)\b/iy)?.[1]?.toLowerCase();
    if (is) {
      return (value) => String(value) === is && typeof value !== 'string';
    }
    const operator = this.#expect(operatorPattern)[0];
    if (operator !== '=' && operator !== '!=') {
      return numericTest(operator, this.#expect(wordPattern)[0]);
    }
    const equals = this.#equality();
    return operator === '=' ? equals : (value) => !equals(value);
  }

  #equality(): Test {
    const regex = this.#take(regexPattern)?.[1];
    if (regex !== undefined) {
      const pattern = parseRegex(regex, countRegexes(this.#text));
      return (value) => isScalar(value) && pattern(String(value));
    }
    const quoted = this.#take(quotedPattern)?.[1];
    if (quoted !== undefined) {
      return textTest(quoted.replace(/\\(.)/g, '$1'));
    }
    const word = this.#expect(wordPattern)[0];
    const text = textTest(word);
    return number.test(word) ? (value) => (typeof value === 'number' ? value === Number(word) : text(value)) : text;
  }

  #take(token: RegExp): RegExpExecArray | undefined {
    const space = /\s*/y;
    space.lastIndex = this.#at;
    space.exec(this.#text);
    const scanner = new RegExp(token);
    scanner.lastIndex = space.lastIndex;
    const match = scanner.exec(this.#text) ?? undefined;
    if (match) {
      this.#at = scanner.lastIndex;
    }
    return match;
  }

  #expect(token: RegExp): RegExpExecArray {
    const match = this.#take(token);
    if (match) {
      return match;
    }
    const rest = this.#text.slice(this.#at).trim();
    throw invalidParameter(`Invalid filter pattern: unexpected '${rest.slice(0, 20)}' in ${this.#text}`);
  }
}

function numericTest(operator: string, word: string): Test {
  if (!number.test(word)) {
    throw invalidParameter(`Invalid filter pattern: '${word}' is not a number.`);
  }
  const limit = Number(word);
  const compare = comparisonOf[operator] ?? (() => false);
  return (value) => typeof value === 'number' && compare(value, limit);
}

const comparisonOf: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Equality of texts, where `*` stands for anything. */
function textTest(wanted: string): Test {
  if (!wanted.includes('*')) {
    return (value) => isScalar(value) && String(value) === wanted;
  }
  const parts = wanted.split('*');
  return (value) => isScalar(value) && matchesParts(String(value), parts);
}

function isScalar(value: unknown): boolean {
  return value !== null && typeof value !== 'object';
}
