import { type Html, html } from '../../report/html.ts';
import { type Row, type Side, withUnit } from '../verdict.ts';

const WIDTH = 460;
const LABELS = 56;
/** About as wide as a character of a value gets. */
const CHARACTER = 8.2;
const BAR = 26;
const GAP = 12;
const TOP = 8;
const HEIGHT = TOP + 2 * BAR + GAP + 30;

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
  const room = Math.max(BAR, WIDTH - LABELS - longest * CHARACTER - 12);
  const x = (value: number) => (most > 0 ? (Math.max(0, value) / most) * room : 0);
  const says = `${title}: ${withUnit(before.finding, unit)} before, ${withUnit(after.finding, unit)} after; must be ${mustBe}`;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${says}">
${bar(row, before, 'before', TOP, x)}
${bar(row, after, 'after', TOP + BAR + GAP, x)}
<line class="axis" x1="${LABELS}" x2="${LABELS}" y1="${TOP - 4}" y2="${TOP + 2 * BAR + GAP + 4}"/>
${limit === undefined ? undefined : threshold(LABELS + x(limit), mustBe ?? '')}
</svg>`;
}

function bar(
  row: Row,
  { finding, met }: Side,
  side: 'before' | 'after',
  y: number,
  x: (value: number) => number,
): Html {
  const width = Math.max(2, x(Number(finding)));
  const middle = y + BAR / 2;
  return html`<text class="side" x="${LABELS - 10}" y="${middle}">${side}</text>
<rect class="${classOf(side, met)}" x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>
<text class="value" x="${(LABELS + width + 8).toFixed(1)}" y="${middle}">${withUnit(finding, row.unit)}</text>`;
}

function threshold(x: number, mustBe: string): Html {
  const bottom = TOP + 2 * BAR + GAP + 8;
  const anchor = x > WIDTH - 110 ? 'end' : 'start';
  return html`<line class="limit" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP - 6}" y2="${bottom}"/>
<text class="must" x="${(anchor === 'end' ? x + 4 : x - 4).toFixed(1)}" y="${bottom + 10}" text-anchor="${anchor}">must be ${mustBe}</text>`;
}

function words({ before, after, unit, mustBe }: Row): Html {
  const word = ({ finding, met }: Side, side: 'before' | 'after') =>
    html`<div class="word ${classOf(side, met)}"><span>${side}</span><strong>${withUnit(finding, unit)}</strong></div>`;
  return html`<div class="words">${word(before, 'before')}<div class="arrow" aria-hidden="true">→</div>${word(after, 'after')}</div>
<p class="mustbe">must be ${mustBe}</p>`;
}

/** Before, a gate is meant to be missed: that is what hurts. After, it is right or wrong. */
function classOf(side: 'before' | 'after', met: boolean | undefined): string {
  if (side === 'before') return 'was';
  return met ? 'right' : 'wrong';
}
