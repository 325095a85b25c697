/** What a field of a cron expression may hold. */
export interface CronField {
  readonly least: number;
  readonly most: number;
  /** Whether there may be increments: `0/15`, every fifteenth from 0. */
  readonly steps: boolean;
  /** Names of the values, the first for `least`. */
  readonly names?: readonly string[];
}

export const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The values that a field stands for, in order: `1-5`, `MON,WED`, `*`, `0/15`, `10-30/5`. Undefined where it is not valid. */
export function parseField(text: string, field: CronField): number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const found = parsePart(part, field);
    if (!found) {
      return undefined;
    }
    for (const value of found) {
      values.add(value);
    }
  }
  return [...values].sort((a, b) => a - b);
}

function parsePart(text: string, field: CronField): number[] | undefined {
  const [, start = '', end, step] = /^(\*|\w+)(?:-(\w+))?(?:\/([1-9]\d{0,3}))?$/.exec(text) ?? [];
  if (start === '' || (step !== undefined && !field.steps) || (start === '*' && end !== undefined)) {
    return undefined;
  }
  const from = start === '*' ? field.least : numberOf(start, field);
  const to = end === undefined ? (start === '*' || step !== undefined ? field.most : from) : numberOf(end, field);
  if (from === undefined || to === undefined || from > to) {
    return undefined;
  }
  const by = Number(step ?? 1);
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
}

function numberOf(text: string, { least, most, names = [] }: CronField): number | undefined {
  const name = names.indexOf(text.toUpperCase());
  if (name !== -1) {
    return least + name;
  }
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
