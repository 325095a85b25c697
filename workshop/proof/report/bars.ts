import { drawing, linear, short } from '../../report/chart.ts';
import { type Html, html } from '../../report/html.ts';
import { type Row, type Side, withUnit } from '../verdict.ts';

const barsWidth = 460;
const labels = 56;
/** About as wide as a character of a value gets. */
const character = 8.2;
const barHeight = 26;
const gap = 12;
const top = 8;
const height = top + 2 * barHeight + gap + 30;

/** The plot of one gate: a bar for each side, and a line where it turns; what is no number is a word for each side. */
export function gatePlot(row: Row): Html {
  const { before, after } = row;
  const numbers = [before.finding, after.finding].filter((finding) => typeof finding === 'number');
  return numbers.length === 2 ? bars(row) : words(row);
}

function bars(row: Row): Html {
  const { before, after, limit, unit, title, mustBe } = row;
  const most = Math.max(Number(before.finding), Number(after.finding), limit ?? 0);
  const longest = Math.max(...[before, after].map(({ finding }) => withUnit(finding, unit).length));
  const room = Math.max(barHeight, barsWidth - labels - longest * character - 12);
  const x = (value: number) => linear([0, most], [0, room]).at(Math.max(0, value));
  const says = `${title}: ${withUnit(before.finding, unit)} before, ${withUnit(after.finding, unit)} after; must be ${mustBe}`;
  return drawing(
    barsWidth,
    height,
    says,
    html`${bar(row, before, 'before', top, x)}
${bar(row, after, 'after', top + barHeight + gap, x)}
<line class="axis" x1="${labels}" x2="${labels}" y1="${top - 4}" y2="${top + 2 * barHeight + gap + 4}"/>
${limit === undefined ? undefined : threshold(labels + x(limit), mustBe ?? '')}`,
  );
}

function bar(
  row: Row,
  { finding, met }: Side,
  side: 'before' | 'after',
  y: number,
  x: (value: number) => number,
): Html {
  const width = Math.max(2, x(Number(finding)));
  const middle = y + barHeight / 2;
  return html`<text class="side" x="${labels - 10}" y="${middle}">${side}</text>
<rect class="${classOf(side, met)}" x="${labels}" y="${y}" width="${short(width)}" height="${barHeight}" rx="3"/>
<text class="value" x="${short(labels + width + 8)}" y="${middle}">${withUnit(finding, row.unit)}</text>`;
}

function threshold(x: number, mustBe: string): Html {
  const bottom = top + 2 * barHeight + gap + 8;
  const anchor = x > barsWidth - 110 ? 'end' : 'start';
  return html`<line class="limit" x1="${short(x)}" x2="${short(x)}" y1="${top - 6}" y2="${bottom}"/>
<text class="must" x="${short(anchor === 'end' ? x + 4 : x - 4)}" y="${bottom + 10}" text-anchor="${anchor}">must be ${mustBe}</text>`;
}

function words({ before, after, unit, mustBe }: Row): Html {
  const word = ({ finding, met }: Side, side: 'before' | 'after') =>
    html`<div class="word ${classOf(side, met)}"><span>${side}</span><strong>${withUnit(finding, unit)}</strong></div>`;
  return html`<div class="words">${word(before, 'before')}<div class="arrow" aria-hidden="true">→</div>${word(after, 'after')}</div>
<p class="mustbe">must be ${mustBe}</p>`;
}

/** Before, a gate is meant to be missed: that is what hurts. After, it is right or wrong. */
function classOf(side: 'before' | 'after', met: boolean | undefined): string {
  if (side === 'before') {
    return 'was';
  }
  return met ? 'right' : 'wrong';
}
