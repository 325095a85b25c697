/** As wide as the terminal of somebody who never touched it. */
export const usualWidth = 80;
const gap = '  ';
const narrowest = 8;

/** How wide a text for a terminal may be: no wider than it is, and than a table can be read. */
export const widthFor = ({ columns = usualWidth }: { readonly columns?: number }): number =>
  Math.max(40, Math.min(columns, 120));

/** Widths of the columns of a table that is no wider than that, if need be by what the widest columns give away. */
export function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const room = width - gap.length * (columns - 1);
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowest) {
      break;
    }
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

export interface RowStyle {
  /** Whether a column's texts stand at its right edge. @default - none does */
  readonly isRight?: (column: number) => boolean;
  /** Paints what stands in a column. @default - as it is */
  readonly paint?: (column: number, text: string) => string;
}

/** One row of a table as lines: a text that is longer than its column goes on below. */
export function rowLines(row: readonly string[], widths: readonly number[], style: RowStyle = {}): string[] {
  const { isRight = () => false, paint = (_column, text) => text } = style;
  const cells = row.map((text, column) => wrapped(text, widths[column] ?? text.length));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const texts = cells.map((lines, column) => {
      const [text, width] = [lines[line] ?? '', widths[column] ?? 0];
      const padding = ' '.repeat(Math.max(0, width - text.length));
      const painted = text === '' ? text : paint(column, text);
      return isRight(column) ? padding + painted : painted + padding;
    });
    return texts.join(gap).trimEnd();
  });
}

/** Breaks a text between words, and a word that is too long within. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= width) {
      line = joined;
      continue;
    }
    if (line !== '') {
      lines.push(line);
    }
    line = word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return [...lines, line];
}

/** A text broken at a width, all of it behind an indent. */
export const indented = (text: string, indent: number, width: number): string[] =>
  text.split('\n').flatMap((line) => wrapped(line, width - indent).map((part) => `${' '.repeat(indent)}${part}`));
