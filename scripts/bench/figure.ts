/** A figure that was measured, beside what it must be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it must be; missing where nothing was promised. */
  readonly target?: string;
  readonly met: boolean;
}

export const atMost = (name: string, value: number, limit: number, unit: string): Figure => ({
  name,
  value: round(value),
  unit,
  target: `<= ${limit}`,
  met: value <= limit,
});

/** A figure that is shown, but for which nothing was promised. */
export const shown = (name: string, value: number, unit: string): Figure => ({
  name,
  value: round(value),
  unit,
  met: true,
});

export const atLeast = (name: string, value: number, limit: number, unit: string): Figure => ({
  name,
  value: round(value),
  unit,
  target: `>= ${limit}`,
  met: value >= limit,
});

/** The figures as lines of a table. */
export function showFigures(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(({ name, value, unit, target, met }) => {
      const verdict = target ? `${target.padEnd(8)} ${met ? 'met' : 'MISSED'}` : '';
      return `${name.padEnd(width)}  ${`${value} ${unit}`.padStart(14)}  ${verdict}`.trimEnd();
    })
    .join('\n');
}

const round = (value: number): number => Number(value.toPrecision(4));
