/**
 * Up to this product of two lengths the engine's own search is quick whatever the texts are: it compares them from every
 * position anew, which for `aa...ab...aa` in `aa...aa` takes as many steps as the product says.
 */
const maxProduct = 4_000_000;

/** What `text.indexOf(part, from)` gives, in a time that grows with the lengths of both and no faster. */
export function indexOfText(text: string, part: string, from = 0): number {
  if (part.length * (text.length - from) <= maxProduct) {
    return text.indexOf(part, from);
  }
  return indexByBorders(text, part, from);
}

/** What `text.includes(part)` gives. */
export const includesText = (text: string, part: string): boolean => indexOfText(text, part) !== -1;

/** What `text.split(separator)` gives. */
export function splitText(text: string, separator: string): string[] {
  if (separator.length * text.length <= maxProduct) {
    return text.split(separator);
  }
  const parts: string[] = [];
  let start = 0;
  for (let at = indexOfText(text, separator); at !== -1; at = indexOfText(text, separator, start)) {
    parts.push(text.slice(start, at));
    start = at + separator.length;
  }
  return [...parts, text.slice(start)];
}

/** The algorithm of Knuth, Morris and Pratt: it never goes back in the text. */
function indexByBorders(text: string, part: string, from: number): number {
  const borders = bordersOf(part);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && part.charCodeAt(matched) !== code) {
      matched = borders[matched - 1] ?? 0;
    }
    if (part.charCodeAt(matched) === code) {
      matched++;
    }
    if (matched === part.length) {
      return at - matched + 1;
    }
  }
  return -1;
}

/** For each beginning of a text, how long the longest of its own beginnings is that it also ends with. */
function bordersOf(part: string): Uint32Array {
  const borders = new Uint32Array(part.length);
  let border = 0;
  for (let at = 1; at < part.length; at++) {
    const code = part.charCodeAt(at);
    while (border > 0 && part.charCodeAt(border) !== code) {
      border = borders[border - 1] ?? 0;
    }
    if (part.charCodeAt(border) === code) {
      border++;
    }
    borders[at] = border;
  }
  return borders;
}
