import { type Html, html } from '../../../report/html.ts';
import type { Comparison, SideName } from '../../measurement.ts';
import { type Cell, type MatrixRow, matrixOf } from '../matrix.ts';
import { shown } from '../rows.ts';

const sideNames: readonly SideName[] = ['servers', 'functions'];

/** The figure that shows what a question asks, by its name within a scenario. Others lead to the scenario. */
const figureFor: Readonly<Record<string, string>> = {
  ...{ lost: 'lost', failed: 'latency', 'place-p50': 'latency', 'place-p99': 'latency' },
  ...{ recovery: 'latency', 'peak-memory': 'memory' },
};

/**
 * All that was compared at a glance: who is better, with both numbers. Each cell leads to where more is said of it.
 * @param places - The ids that there are on the page.
 */
export function matrixTable(comparison: Comparison, places: ReadonlySet<string>): Html {
  const rows = matrixOf(comparison);
  return html`<div class="scroll matrix"><table>
<caption>Who is better, and both numbers: <b class="servers">servers</b>, <b class="functions">functions</b>. Each cell leads to its plot.</caption>
<thead><tr><th></th>${comparison.scenarios.map(({ scenario }) => html`<th scope="col"><a href="#${scenario}">${scenario}</a></th>`)}</tr></thead>
<tbody>${rows.map((row) => line(row, places))}</tbody>
</table></div>`;
}

function line(row: MatrixRow, places: ReadonlySet<string>): Html {
  return html`<tr><th scope="row">${row.title}</th>${row.cells.map((cell) => html`<td>${content(cell, placeOf(row, cell, places))}</td>`)}</tr>\n`;
}

function placeOf({ name }: MatrixRow, { scenario }: Cell, places: ReadonlySet<string>): string {
  const wanted = name === 'cost' ? 'cost' : `${scenario}-${figureFor[name] ?? ''}`;
  return places.has(wanted) ? wanted : scenario;
}

function content({ row, says }: Cell, place: string): Html | undefined {
  if (!row) {
    return undefined;
  }
  const numbers = sideNames.map((side) => html`<span class="${side}">${shown(row, side)}</span>`);
  const kind = row.wins === 'servers' || row.wins === 'functions' ? row.wins : 'pale';
  return html`<a href="#${place}"><b class="${kind}">${says}</b><small>${numbers}</small></a>`;
}
