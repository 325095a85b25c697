import { RE2JS } from 're2js';

/** The most instructions that an expression may compile to: `[ab]{1000}` is a thousand. */
const maxInstructions = 5000;
/** The most that one match may cost, in characters times instructions: at its worst, which few are, a second. */
const maxCost = 70_000_000;

const maxLength = 4096;
/** What it costs to read a character, or to make an instruction, in steps of a match. */
const readingCost = 100;

/** An expression that cannot be run, or not on a text of this length. */
export class UnsupportedRegexError extends Error {
  override readonly name = 'UnsupportedRegexError';
}

/**
 * A regular expression of a user. It runs in a time that grows with the length of the text and no faster, whatever the
 * expression: RE2, in JavaScript. Of the syntax of Java and JavaScript it lacks what no such engine can have, lookahead,
 * lookbehind and backreferences, and also possessive quantifiers, intersections of classes and atomic groups.
 */
export class LinearRegex {
  readonly source: string;
  readonly #compiled: RE2JS;
  /** How many it compiles to: what a match takes grows with it. */
  readonly instructions: number;

  /** @throws UnsupportedRegexError, which says what is not understood */
  constructor(source: string) {
    this.source = source;
    if (source.length > maxLength) {
      throw new UnsupportedRegexError('the expression is too large');
    }
    if (source.includes('&&[')) {
      throw new UnsupportedRegexError('intersections of classes are not supported');
    }
    try {
      this.#compiled = RE2JS.compile(translated(source));
    } catch (error) {
      // It repeats the expression, of whatever length.
      throw new UnsupportedRegexError((error as Error).message.slice(0, 200));
    }
    this.instructions = this.#compiled.matcher('').programSize();
    if (this.instructions > maxInstructions) {
      throw new UnsupportedRegexError('the expression is too large');
    }
  }

  /** Whether all of a text matches. @throws UnsupportedRegexError where the text is too long for the expression */
  matches(text: string): boolean {
    this.#assertAffordable(text);
    return this.#compiled.matches(text);
  }

  /** Whether some part of a text matches. @throws UnsupportedRegexError where the text is too long for the expression */
  isIn(text: string): boolean {
    this.#assertAffordable(text);
    return this.#compiled.matcher(text).find();
  }

  /** What it may cost to read the expression and run it on a text, in steps of about 20 ns at their slowest. */
  costOf({ length }: { readonly length: number }): number {
    return length * this.instructions + readingCost * (this.source.length + this.instructions);
  }

  #assertAffordable(text: string): void {
    if (this.costOf(text) <= maxCost) {
      return;
    }
    throw new UnsupportedRegexError(`the expression is too complex for a text of ${text.length} characters`);
  }
}

/** RE2 spells `\uFFFF` as `\x{FFFF}`, and `\Z` and `\/` in its own way. */
function translated(source: string): string {
  return source.replace(escapePattern, (sequence: string, code: string | undefined) => {
    if (code !== undefined) {
      return `\\x{${code}}`;
    }
    return sequence === '\\Z' ? '\\z' : sequence;
  });
}

const escapePattern = /\\(?:u([0-9A-Fa-f]{4})|.)/gs;
