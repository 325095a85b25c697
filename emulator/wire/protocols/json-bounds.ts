import { maxNesting, maxValues, outOfBounds } from './bounds.ts';

export interface JsonBounds {
  /** Levels of arrays and objects. @default maxNesting */
  readonly nesting?: number;
  /** Elements and members. @default maxValues */
  readonly values?: number;
}

/** Below this many characters no text holds enough values to be worth counting them. */
const small = 65_536;

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Whether a text, read as JSON, stays within bounds. Found by looking through it once, without parsing: a text that is no
 * JSON gets some answer, and JSON.parse, which does not nest, says what is wrong with it.
 */
export function isBoundedJson(text: string, { nesting = maxNesting, values = maxValues }: JsonBounds = {}): boolean {
  // Nearly every text is small and has fewer brackets than there may be levels: no more is looked at then.
  if (text.length < small && countUpTo(text, '{', nesting) + countUpTo(text, '[', nesting) <= nesting) {
    return true;
  }
  let depth = 0;
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      at = endOfString(text, at);
      if (at === -1) {
        return true;
      }
    } else if (character === openArray || character === openObject) {
      depth++;
      count++;
    } else if (character === closeArray || character === closeObject) {
      depth--;
    } else if (character === comma) {
      count++;
    }
    if (depth > nesting || count > values) {
      return false;
    }
  }
  return true;
}

/** @throws SerializationException */
export function assertBoundedJson(text: string): void {
  if (!isBoundedJson(text)) {
    throw outOfBounds();
  }
}

/** How often a character is in a text, counted to just past a limit. */
function countUpTo(text: string, character: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1 && count <= limit; at = text.indexOf(character, at + 1)) {
    count++;
  }
  return count;
}

/** The position of the quote that ends a string; -1 where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) {
      before--;
    }
    // An even number of backslashes are escaped themselves.
    if ((end - before) % 2 === 1) {
      return end;
    }
  }
  return -1;
}
