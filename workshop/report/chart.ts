import { type Html, html } from './html.ts';

/** A place in a drawing, in its own units; `y` grows downwards. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a value is along an axis. */
export interface Scale {
  readonly at: (value: number) => number;
  /** Values that are worth a label, lowest first. */
  readonly ticks: readonly number[];
}

/** From one place to another, or from one value to another. */
export type Span = readonly [number, number];

/** An axis on which equal distances are equal differences. At least one tick more than there is room for is never drawn. */
export function linear([low, high]: Span, [start, end]: Span, mostTicks = 8): Scale {
  const step = niceStep((high - low) / mostTicks);
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return {
    at: (value) => start + ((value - low) / (high - low || 1)) * (end - start),
    ticks: Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12))),
  };
}

/** An axis on which equal distances are equal ratios. Ticks are 1, 2 and 5 of each power; the 1 alone where there are many. */
export function logarithmic([low, high]: Span, [start, end]: Span): Scale {
  const [least, most] = [Math.log10(low), Math.log10(high)];
  const steps = most - least < 2.2 ? [1, 2, 5] : [1];
  const powers = Array.from({ length: Math.ceil(most - least) + 2 }, (_, i) => 10 ** (Math.floor(least) + i));
  return {
    at: (value) => start + ((Math.log10(value) - least) / (most - least)) * (end - start),
    ticks: powers
      .flatMap((power) => steps.map((step) => step * power))
      .filter((tick) => tick >= low * 0.999 && tick <= high),
  };
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is no less. */
function niceStep(least: number): number {
  if (!(least > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5].find((step) => step * power >= least * 0.999) ?? 10) * power;
}

/** The rectangle that values are drawn in. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Horizontal lines at the ticks of an axis, each with its label to the left. */
export const horizontals = (frame: Frame, { at, ticks }: Scale, format: (value: number) => string): Html =>
  html`${ticks.map((tick) => html`<line class="grid" x1="${frame.left}" x2="${frame.right}" y1="${short(at(tick))}" y2="${short(at(tick))}"/><text class="tick y" x="${frame.left - 8}" y="${short(at(tick))}">${format(tick)}</text>`)}`;

/** Vertical lines at the ticks of an axis, each with its label below. */
export const verticals = (frame: Frame, { at, ticks }: Scale, format: (value: number) => string): Html =>
  html`${ticks.map((tick) => html`<line class="grid" x1="${short(at(tick))}" x2="${short(at(tick))}" y1="${frame.top}" y2="${frame.bottom}"/><text class="tick" x="${short(at(tick))}" y="${frame.bottom + 18}">${format(tick)}</text>`)}`;

/** A line through places. */
export const polyline = (places: readonly Place[], name: string): Html =>
  html`<polyline class="${name}" points="${pointsOf(places)}"/>`;

/** The area that places go round. */
export const area = (places: readonly Place[], name: string): Html =>
  html`<polygon class="${name}" points="${pointsOf(places)}"/>`;

/** A drawing of this size, which is as wide as there is room, and what it shows for those who cannot see it. */
export const drawing = (width: number, height: number, says: string, content: Html): Html =>
  html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${says}">\n${content}\n</svg>`;

/** A coordinate without digits too small to see. */
export const short = (coordinate: number): string => String(Number(coordinate.toFixed(1)));

const pointsOf = (places: readonly Place[]): string => places.map(({ x, y }) => `${short(x)},${short(y)}`).join(' ');
