import type { Recipe } from '../../functions/domain/recipe.ts';

/** Writes what recipes cost into source that says what they cost now; other recipes stay as they are. */
export function writePrices(source: string, recipes: readonly Recipe[]): string {
  return recipes.reduce((text, { name, priceCents }) => {
    const price = new RegExp(`(\\bname['"]?:\\s*['"]${name}['"][^{}]*?\\bpriceCents['"]?:\\s*)\\d+`);
    return text.replace(price, `$1${priceCents}`);
  }, source);
}

/** How many lines of a text are others than before. Lines that come or go shift the ones below, which then count too. */
export function changedLines(before: string, after: string): number {
  const [was, is] = [before.split('\n'), after.split('\n')];
  const longer = was.length > is.length ? was : is;
  return longer.filter((_line, index) => was[index] !== is[index]).length;
}
