import { dirname, join, posix, relative, sep } from 'node:path';

/** Every place in a module where another is named by a relative path. */
const relativePattern = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+)\2/g;

export interface Move {
  /** Where the file is, from the repository's root. */
  readonly from: string;
  /** Where it goes, from the repository's root. */
  readonly to: string;
  /** Where an imported file goes, from the repository's root: what moves along stays beside the file. @default - nowhere */
  movedTo?(path: string): string;
}

/** For files of a folder that move as a whole. */
export const folderMoved =
  (from: string, to: string) =>
  (path: string): string =>
    relative(from, path).startsWith('..') ? path : join(to, relative(from, path));

/** The source of a module as it must be in another place, so that what it imports is still found. */
export function rewriteImports(source: string, { from, to, movedTo = (path) => path }: Move): string {
  return source.replace(relativePattern, (_all, lead: string, quote: string, specifier: string) => {
    const target = join(dirname(from), specifier);
    const path = relative(dirname(to), movedTo(target)).split(sep).join(posix.sep);
    return `${lead}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
}
