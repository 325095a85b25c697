import {
  area,
  drawing,
  type Frame,
  horizontals,
  linear,
  logarithmic,
  type Place,
  polyline,
  type Scale,
  short,
  verticals,
} from '../../../report/chart.ts';
import { type Html, html } from '../../../report/html.ts';
import type { Column, Mark, Plot, PlotSeries } from './plot-data.ts';

const heights = { latency: 260, amount: 220, shares: 220, cost: 240 } as const;
const [wide, half] = [1000, 470];
/** Room around a plot, for what is written there. */
const margin = { left: 70, right: 12, below: 30 } as const;
/** How much of the room for a bar it takes, and how broad it gets at most. */
const barShare = { amount: 0.42, shares: 0.8 } as const;
const broadestBar = 48;

interface Drawn {
  readonly plot: Plot;
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;
  /** The x axis of the plot: where each of its columns' values is. */
  readonly places: readonly number[];
}

/** A plot and its legend. It needs no script: it shows the values under the pointer. */
export function drawPlot(plot: Plot, says: string, isWide: boolean): Html {
  const [width, height] = [isWide ? wide : half, heights[plot.kind]];
  const frame: Frame = {
    ...{ left: margin.left, right: width - margin.right, top: hasLabels(plot) ? 24 : 10 },
    bottom: height - (plot.kind === 'shares' ? 8 : margin.below),
  };
  const x = linear(plot.range, [frame.left, frame.right], isWide ? 12 : 6);
  const drawn = {
    plot,
    frame,
    x,
    y: yScaleOf(plot, frame),
    places: (plot.columns[0] ?? []).map((at) => x.at(at ?? 0)),
  };
  const content = html`${horizontals(frame, drawn.y, formatOf(plot))}
${plot.kind === 'shares' ? undefined : verticals(frame, x, (value) => xLabel(plot, value))}
${plot.series.map((series, i) => drawSeries(series, i, drawn))}
${plot.marks.map((mark) => drawMark(mark, drawn))}
${valuesAt(drawn)}`;
  return html`<div class="scroll">${drawing(width, height, says, content)}</div>${legend(plot)}`;
}

const hasLabels = ({ kind }: Plot): boolean => kind === 'latency' || kind === 'cost';

const number = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en');
const time = (value: number): string => (value >= 1000 ? `${number(value / 1000)} s` : `${number(value)} ms`);

function formatOf({ kind, unit }: Plot): (value: number) => string {
  if (kind === 'latency') {
    return time;
  }
  return kind === 'cost' ? (value) => `$${number(value)}` : (value) => `${number(value)}${unit}`;
}

const xLabel = ({ kind }: Plot, value: number): string => `${number(value)}${kind === 'cost' ? '/s' : ' s'}`;

/** From 0, or on a logarithmic axis from the 1, 2 or 5 below; with some air above, for failures too. */
function yScaleOf({ kind, columns, series }: Plot, { top, bottom }: Frame): Scale {
  const values = columns.slice(1).flatMap((column, i) => (series[i]?.as === 'failures' ? [] : column));
  const there = values.filter((value) => value !== null);
  const most = Math.max(0, ...there);
  if (kind !== 'latency') {
    return linear([0, most > 0 ? most * 1.12 : 1], [bottom, top], 6);
  }
  const least = Math.min(10, ...there.filter((value) => value > 0));
  return logarithmic([niceBelow(least), Math.max(10, most) * 1.9], [bottom, top]);
}

function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([5, 2, 1].find((step) => step * power <= value) ?? 1);
}

/** The values of a column that are there, where they are drawn. */
function pointsOf(column: Column | undefined, { x, y, places }: Pick<Drawn, 'x' | 'y' | 'places'>): Place[] {
  return (column ?? []).flatMap((value, i) => (value === null ? [] : [{ x: places[i] ?? x.at(0), y: y.at(value) }]));
}

function drawSeries({ as, side }: PlotSeries, index: number, drawn: Drawn): Html | undefined {
  const { plot, frame } = drawn;
  const points = pointsOf(plot.columns[index + 1], drawn);
  const name = side ? `${as} ${side}` : as;
  switch (as) {
    case 'line':
      return polyline(points, name);
    case 'thin': {
      // The room between the median and the 95th percentile.
      const below = pointsOf(plot.columns[index], drawn).toReversed();
      return html`${area([...points, ...below], `band ${side}`)}${polyline(points, name)}`;
    }
    case 'asked': {
      const floor = [points.at(-1), points[0]].flatMap((end) => (end ? [{ x: end.x, y: frame.bottom }] : []));
      return area([...points, ...floor], name);
    }
    case 'dots':
      return html`${points.map(({ x, y }) => html`<circle class="${name}" cx="${short(x)}" cy="${short(y)}" r="2"/>`)}`;
    case 'failures':
      return html`${points.map(({ x }) => cross(x, index, drawn, name))}`;
    case 'bars':
      return html`${points.map((top) => bar(top, index, drawn, name))}`;
  }
}

/** A cross along the upper edge for each moment in which requests failed, a row for each side. */
function cross(x: number, index: number, { plot, frame }: Drawn, name: string): Html {
  const row = plot.series.slice(0, index).filter(({ as }) => as === 'failures').length;
  const [y, arm] = [frame.top + 10 + row * 12, 3.5];
  const [left, right] = [short(x - arm), short(x + arm)];
  return html`<path class="${name}" d="M${left} ${y - arm}L${right} ${y + arm}M${left} ${y + arm}L${right} ${y - arm}"/>`;
}

/** Two bars share a moment; places in a row are for one bar each. */
function bar({ x, y }: Place, index: number, { plot, frame, places }: Drawn, name: string): Html {
  const shares = plot.kind === 'shares';
  const width = Math.min(broadestBar, stepOf(places, frame) * (shares ? barShare.shares : barShare.amount));
  const isFirst = plot.series.findIndex(({ as }) => as === 'bars') === index;
  const left = shares ? x - width / 2 : x - (isFirst ? width : 0);
  return html`<rect class="${name}" x="${short(left)}" y="${short(y)}" width="${short(width)}" height="${short(frame.bottom - y)}" rx="2"/>`;
}

const stepOf = ([first = 0, second]: readonly number[], { left, right }: Frame): number =>
  second === undefined ? right - left : second - first;

/** A vertical line: what happened, and when. Where there is room above, it has its name there. */
function drawMark({ at, label }: Mark, { plot, frame, x }: Drawn): Html {
  const where = x.at(at);
  const isLate = where > (frame.left + frame.right) / 2;
  const name = html`<text class="mark" x="${short(where)}" y="${frame.top - 10}" text-anchor="${isLate ? 'end' : 'start'}">${label}</text>`;
  return html`<line class="mark" x1="${short(where)}" x2="${short(where)}" y1="${frame.top}" y2="${frame.bottom}"/>${hasLabels(plot) ? name : undefined}`;
}

/** For each place on the x axis a strip that tells what all series are there. */
function valuesAt({ plot, frame, places }: Drawn): Html {
  const step = stepOf(places, frame);
  const format = formatOf(plot);
  return html`${places.map((place, i) => {
    const values = plot.series.flatMap(({ label, side, as }, column) => {
      const value = plot.columns[column + 1]?.[i];
      const name = plot.kind === 'shares' ? side : label;
      return value === null || value === undefined
        ? []
        : [`${name} ${as === 'failures' ? number(value) : format(value)}`];
    });
    const at = plot.kind === 'shares' ? [] : [xLabel(plot, plot.columns[0]?.[i] ?? 0)];
    return values.length === 0
      ? undefined
      : html`<rect class="hit" x="${short(place - step / 2)}" y="${frame.top}" width="${short(step)}" height="${frame.bottom - frame.top}"><title>${[...at, ...values].join('\n')}</title></rect>`;
  })}`;
}

const legend = ({ series }: Plot): Html =>
  html`<ul class="legend">${series.map(({ label, as, side }) => html`<li class="${as} ${side ?? ''}">${label}</li>`)}</ul>`;
