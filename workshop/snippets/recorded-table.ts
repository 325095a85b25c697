import { SnippetMissing } from './declaration.ts';

/** The file with what a lesson's proof found, beside its page. */
export const recordedName = 'recorded.json';

/** As much of a record as a page shows. */
interface Recorded {
  readonly rows: readonly {
    readonly name: string;
    readonly title: string;
    readonly shown: { readonly before: string; readonly after: string };
  }[];
}

/**
 * Some observables of a record as lines of text, each with what was found before and after.
 * @throws SnippetMissing where one of them was not recorded
 */
export function recordedTable(json: string, names: readonly string[], page: string): string {
  const { rows } = JSON.parse(json) as Recorded;
  const lines = names.map((name) => {
    const row = rows.find((one) => one.name === name);
    if (!row) {
      throw new SnippetMissing(`${page}: ${recordedName} has no ${name}`);
    }
    return [row.title, row.shown.before, row.shown.after] as const;
  });
  const all = [['', 'before', 'after'] as const, ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column as 0 | 1 | 2].length)));
  const [first = 0, second = 0, third = 0] = widths;
  return all
    .map(([title, before, after]) => `${title.padEnd(first)}  ${before.padStart(second)}  ${after.padStart(third)}\n`)
    .join('');
}
