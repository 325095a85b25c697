import { type Html, html } from '../../../report/html.ts';
import type { ScenarioRun, SideName } from '../../measurement.ts';
import { saturationIn } from '../../saturation.ts';
import { type Row, shown } from '../rows.ts';
import { drawPlot } from './draw-plot.ts';
import type { Plot } from './plot-data.ts';

const sideNames: readonly SideName[] = ['servers', 'functions'];

export interface ArticleOptions {
  readonly number: number;
  readonly rows: readonly Row[];
  /** Those that there are, by name. */
  readonly plots: Readonly<Record<string, Plot>>;
}

/** All about one scenario: what its customers saw over time; the other plots and every number for who wants to know. */
export function scenarioArticle(run: ScenarioRun, { number, rows, plots }: ArticleOptions): Html {
  const { scenario, title, rate, seconds, partial } = run;
  const [busy] = saturationIn(run);
  return html`<article id="${scenario}">
<header>
<div class="number">${number}</div>
<div><p class="kicker">${scenario} · ${rate} customers a second, for ${seconds} s</p><h2>${title}</h2></div>
</header>
${partial === undefined ? undefined : html`<p class="partial"><strong>Partial:</strong> ${partial} Neither side is declared better here.</p>`}
${busy === undefined ? undefined : html`<p class="partial"><strong>Too busy:</strong> ${busy}. Times are not judged here.</p>`}
${run.sides.length > 0 ? html`${figures(run, plots, true)}\n<details><summary>More plots, and all numbers</summary>\n${figures(run, plots, false)}\n${table(rows)}</details>` : undefined}
</article>`;
}

interface Caption {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly isWide?: boolean;
}

const captions: readonly Caption[] = [
  {
    ...{ name: 'latency', title: 'Latency, by when a request was due', isWide: true },
    note: 'Median and 95th percentile with the band between them, the slowest as dots, failures as crosses; the axis is logarithmic.',
  },
  { name: 'lost', title: 'Orders not kept', note: 'By when they were placed: lost, never baked, or baked twice.' },
  { name: 'throughput', title: 'Orders taken a second', note: 'By when they were answered, beside those who came.' },
  {
    name: 'load',
    title: 'Requests by worker',
    note: 'Each bar is a server, or an execution environment that takes orders.',
  },
  { name: 'memory', title: 'Memory', note: 'Resident, of all processes together.' },
];

/** What is shown at once: the others are asked for. */
const first: ReadonlySet<string> = new Set(['latency']);

function figures(run: ScenarioRun, plots: Readonly<Record<string, Plot>>, isFirst: boolean): Html {
  const all = captions.map(({ name, title, note, isWide }) => {
    const plot = plots[name];
    if (!plot || first.has(name) !== isFirst) {
      return undefined;
    }
    const caption = html`<h3>${title}</h3><p class="note">${note}</p>`;
    const id = `${run.scenario}-${name}`;
    return figure({ id, plot, caption, says: `${title}: ${note}`, ...(isWide && { isWide }) });
  });
  return html`<div class="plots">${all}</div>`;
}

export interface FigureOptions {
  readonly id: string;
  readonly plot: Plot;
  readonly caption: Html;
  /** For those who cannot see it. */
  readonly says: string;
  readonly isWide?: boolean;
}

/** A plot with its caption. */
export function figure({ id, plot, caption, says, isWide = false }: FigureOptions): Html {
  return html`<figure id="${id}" class="${isWide ? 'wide' : ''}"><figcaption>${caption}</figcaption>${drawPlot(plot, says, isWide)}</figure>\n`;
}

function table(rows: readonly Row[]): Html {
  const cell = (row: Row, side: SideName) =>
    html`<td class="${row.wins === side ? `${side} wins` : ''}">${shown(row, side)}</td>`;
  const better = ({ wins }: Row) => html`<td class="${wins === 'even' ? 'even' : `${wins ?? ''} wins`}">${wins}</td>`;
  return html`<div class="scroll"><table class="rows">
<thead><tr><th></th><th>servers</th><th>functions</th><th>better</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><td>${row.title}</td>${sideNames.map((side) => cell(row, side))}${better(row)}</tr>\n`)}</tbody>
</table></div>`;
}
