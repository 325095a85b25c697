import type { Finding, Series } from '../../experiment/experiment.ts';
import { drawing, linear, polyline, short } from '../../report/chart.ts';
import { type Html, html } from '../../report/html.ts';
import { type Row, withUnit } from '../verdict.ts';

// As wide as there is room on a phone: a drawing that is made smaller has letters too small to read.
const width = 340;
const height = 200;
const left = 16;
const right = 92;
const top = 24;
const bottom = 36;

interface Point {
  readonly label: string;
  readonly before: Finding | undefined;
  readonly after: Finding | undefined;
}

/** The plot of findings that belong on one line: a line for each side. Undefined where they are not all numbers. */
export function linePlot(series: Series, rows: readonly Row[]): Html | undefined {
  const points = series.points.map(({ label, observable }): Point => {
    const row = rows.find(({ name }) => name === observable);
    return { label, before: row?.before.finding, after: row?.after.finding };
  });
  const numbers = points.flatMap(({ before, after }) => [before, after]);
  if (points.length < 2 || !numbers.every((number) => typeof number === 'number')) {
    return undefined;
  }
  const floor = height - bottom;
  const x = linear([0, points.length - 1], [left, width - right]).at;
  const onLine = linear([0, Math.max(...numbers, Number.MIN_VALUE)], [floor, top]).at;
  const y = (value: number) => onLine(Math.max(0, value));
  return drawing(
    width,
    height,
    series.title,
    html`<line class="axis" x1="${left}" x2="${width - right}" y1="${floor}" y2="${floor}"/>
${points.map(({ label }, i) => html`<text class="tick" x="${short(x(i))}" y="${floor + 18}">${label}</text>`)}
${(['before', 'after'] as const).map((side) => line(side, points, { x, y, unit: series.unit, apart: labelsApart(points, y) }))}`,
  );
}

interface Drawn {
  readonly x: (i: number) => number;
  readonly y: (value: number) => number;
  readonly unit: string | undefined;
  /** How far the labels at the lines' ends are moved, that of before by this and that of after the other way. */
  readonly apart: number;
}

const labelHeight = 16;

function labelsApart(points: readonly Point[], y: Drawn['y']): number {
  const last = points.at(-1);
  const distance = y(Number(last?.before)) - y(Number(last?.after));
  if (Math.abs(distance) >= labelHeight) {
    return 0;
  }
  return ((distance < 0 ? -1 : 1) * (labelHeight - Math.abs(distance))) / 2;
}

function line(side: 'before' | 'after', points: readonly Point[], { x, y, unit, apart }: Drawn): Html {
  const at = points.map((point, i) => ({ x: x(i), y: y(Number(point[side])), value: point[side] }));
  const last = at.at(-1);
  const kind = side === 'before' ? 'was' : 'right';
  const labelY = (last?.y ?? 0) + (side === 'before' ? apart : -apart);
  return html`${polyline(at, `line ${kind}`)}
${at.map((point) => html`<circle class="${kind}" cx="${short(point.x)}" cy="${short(point.y)}" r="4"><title>${withUnit(point.value, unit)}</title></circle>`)}
<text class="value" x="${width - right + 10}" y="${short(labelY)}">${side} ${withUnit(last?.value)}</text>`;
}
