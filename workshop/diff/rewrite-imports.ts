import { dirname, join, posix, relative, sep } from 'node:path';

/** Every place in a module where another is named by a relative path. */
const relativePattern = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+)\2/g;

export interface Move {
  /** Where the file is, from the repository's root. */
  readonly from: string;
  /** Where it goes, from the repository's root. */
  readonly to: string;
  /** The folder that moves as a whole: what is imported from within it stays beside the file. */
  readonly together: string;
}

/** The source of a module as it must be in another place, so that what it imports is still found. */
export function rewriteImports(source: string, { from, to, together }: Move): string {
  return source.replace(relativePattern, (all, lead: string, quote: string, specifier: string) => {
    const target = join(dirname(from), specifier);
    if (!relative(together, target).startsWith('..')) {
      return all;
    }
    const path = relative(dirname(to), target).split(sep).join(posix.sep);
    return `${lead}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
}
