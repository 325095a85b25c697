import { type Html, html } from '../../../report/html.ts';
import type { ScenarioRun, SideName } from '../../measurement.ts';
import { type Row, rowsOf, shown, sideOf } from '../rows.ts';
import { drawPlot } from './draw-plot.ts';
import type { Plot } from './plot-data.ts';

const sideNames: readonly SideName[] = ['servers', 'functions'];
/** Rows that are worth a card, where there are such. */
const cardRows = ['lost', 'failed', 'place-p50', 'place-p99', 'slowest-bake', 'recovery', 'peak-memory', 'cost'];

export interface ArticleOptions {
  readonly number: number;
  /** Those that there are, by name. */
  readonly plots: Readonly<Record<string, Plot>>;
}

/** All about one scenario: what matters as cards, the plots, and every number as a table. */
export function scenarioArticle(run: ScenarioRun, { number, plots }: ArticleOptions): Html {
  const { scenario, title, rate, seconds, partial } = run;
  const rows = rowsOf(run);
  const cards = cardRows.flatMap((name) => rows.find((row) => row.name === name) ?? []);
  // One row of them, or two that are as long.
  const across = cards.length > 5 ? Math.ceil(cards.length / 2) : cards.length;
  return html`<article id="${scenario}">
<header>
<div class="number">${number}</div>
<div><p class="kicker">${scenario} · ${rate} customers a second, for ${seconds} s</p><h2>${title}</h2></div>
</header>
${partial === undefined ? undefined : html`<p class="partial"><strong>Partial:</strong> ${partial} Neither side is declared better here.</p>`}
${run.sides.length > 0 ? html`<div class="tiles" style="--across: ${across}">${cards.map(card)}</div>\n${figures(run, plots)}\n${table(rows)}` : undefined}
</article>`;
}

function card(row: Row): Html {
  const line = (side: SideName) => {
    const classes = [side, row.wins === side ? 'wins' : '', row[side] === undefined ? 'absent' : ''].join(' ').trim();
    return html`<p class="${classes}"><span>${side}</span><b>${shown(row, side)}</b></p>`;
  };
  return html`<div class="tile"><h3>${row.title}</h3>${sideNames.map(line)}</div>\n`;
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
  { name: 'throughput', title: 'Orders taken a second', note: 'By when they were answered, beside those who came.' },
  { name: 'lost', title: 'Orders not kept', note: 'By when they were placed: lost, never baked, or baked twice.' },
  {
    name: 'load',
    title: 'Requests by worker',
    note: 'Each bar is a server, or an execution environment that takes orders.',
  },
  { name: 'memory', title: 'Memory', note: 'Resident, of all processes together.' },
];

function figures(run: ScenarioRun, plots: Readonly<Record<string, Plot>>): Html {
  const all = captions.map(({ name, title, note, isWide }) => {
    const caption = html`<h3>${title}</h3><p class="note">${note}</p>`;
    const plot = plots[name];
    if (plot) {
      const id = `${run.scenario}-${name}`;
      return figure({ id, plot, caption, says: `${title}: ${note}`, ...(isWide && { isWide }) });
    }
    return name === 'lost' ? noneLost(run) : undefined;
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

/** What is said where there is nothing to be plotted: that nothing was lost, or that this is not known. */
function noneLost(run: ScenarioRun): Html {
  const words = sideNames.flatMap((side) => {
    const orders = sideOf(run, side)?.orders.filter(({ dueAt }) => dueAt >= 0);
    if (!orders) {
      return [];
    }
    const says = orders.length > 0 ? `0 of ${orders.length}` : 'not known';
    return html`<div class="${side}"><span>${side}</span><strong>${says}</strong></div>`;
  });
  return html`<figure><figcaption><h3>Orders not kept</h3><p class="note">Lost, never baked, or baked twice.</p></figcaption><div class="words">${words}</div></figure>\n`;
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
