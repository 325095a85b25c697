import { maxNesting, maxValues } from './bounds.ts';

/** Largest document, in bytes: the 10,000 parts of a multipart upload, with their checksums, are the largest list. */
export const maxXmlBytes = 3 * 1024 * 1024;

/** What each costs a parser: a tag, an attribute, an entity. */
const costly = ['<', '=', '&'];

/** What is no tag although it begins like one, and how it ends. */
const noTags: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<!', '>'],
  ['<?', '?>'],
];

/**
 * Whether an XML document nests no deeper and holds no more than a body may. Found by looking through it once, without
 * parsing: what is not well-formed is left to the parser to tell.
 */
export function isBoundedXml(text: string): boolean {
  if (costly.some((character) => isMoreThan(text, character, maxValues))) {
    return false;
  }
  let depth = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const noTag = noTags.find(([start]) => text.startsWith(start, at));
    const end = text.indexOf(noTag ? noTag[1] : '>', at);
    if (end === -1) {
      return true;
    }
    if (!noTag && text[at + 1] === '/') {
      depth--;
    } else if (!noTag && text[end - 1] !== '/') {
      depth++;
    }
    if (depth > maxNesting) {
      return false;
    }
    if (noTag) {
      at = end;
    }
  }
  return true;
}

function isMoreThan(text: string, character: string, limit: number): boolean {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    if (++count > limit) {
      return true;
    }
  }
  return false;
}
