/** For tests: the tags of a page that are not closed, or closed where another is open. None in a page that is whole. */
export function unclosedTags(page: string): string[] {
  const open: string[] = [];
  const stray: string[] = [];
  for (const [, slash, name = '', isWhole] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (isWhole || ['meta', 'br'].includes(name)) {
      continue;
    }
    if (!slash) {
      open.push(name);
    } else if (open.at(-1) === name) {
      open.pop();
    } else {
      stray.push(`/${name}`);
    }
  }
  return [...open, ...stray];
}
