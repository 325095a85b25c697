import { type Html, html } from '../../../report/html.ts';
import { assumptionsOf, type BreakEven, breakEvenOf, breakEvenSentence, partsSentence } from '../../cost/break-even.ts';
import type { Comparison, SideName } from '../../measurement.ts';
import { isCalibrationUsable, saturationBanner } from '../../saturation.ts';
import { verdictsOf } from '../../verdicts.ts';
import { megabytes } from '../format.ts';
import { rowsOf } from '../rows.ts';
import { style } from './comparison-style.ts';
import { matrixTable } from './matrix-table.ts';
import { costPlot, plotsOf } from './plot-data.ts';
import { figure, scenarioArticle } from './scenario-article.ts';

const sideNames: readonly SideName[] = ['servers', 'functions'];

/**
 * One page with all that was compared, which needs nothing but itself: it opens without a network, and runs no script. What
 * it holds does not grow with how long was measured.
 */
export function comparisonPage(comparison: Comparison): string {
  const { scenarios } = comparison;
  const isBilled = isCalibrationUsable(comparison);
  const breakEven = isBilled ? breakEvenOf(comparison) : undefined;
  const articles = scenarios.map((run, i) => ({
    run,
    number: i + 1,
    plots: plotsOf(run),
    rows: rowsOf(run, { isBilled }),
  }));
  const figures = articles.flatMap(({ run, plots }) => Object.keys(plots).map((name) => `${run.scenario}-${name}`));
  const places = new Set([...figures, ...(breakEven ? ['cost'] : [])]);
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stateless functions beside stateful servers</title>
${style}
</head>
<body>
<main>
${opening(comparison)}
${matrixTable(comparison, places)}
${lede}
${verdicts(comparison)}
${breakEven ? costSection(breakEven, comparison) : undefined}
${articles.map(({ run, ...options }) => scenarioArticle(run, options))}
${closing(comparison)}
</main>
</body>
</html>`}\n`;
}

function opening(comparison: Comparison): Html {
  const { endpoint, startedAt } = comparison;
  const banner = saturationBanner(comparison);
  return html`<header>
<p class="kicker">npm run compare · ${startedAt.slice(0, 16).replace('T', ' ')} UTC · ${endpoint}</p>
<h1>Stateless functions beside stateful servers</h1>
${banner === undefined ? undefined : html`<p class="banner" role="alert">${banner}</p>`}
</header>`;
}

const lede = html`<p class="lede">The same customers came to the same cookie factory twice: once to <strong class="servers">stateful servers</strong>
that keep their orders in memory, behind a balancer that keeps each customer with one of them, and once to
<strong class="functions">stateless functions</strong> that keep them in a table.</p>`;

function verdicts(comparison: Comparison): Html {
  const found = verdictsOf(comparison);
  const list = (side: SideName) =>
    found[side].length > 0
      ? html`<dl>${[...Map.groupBy(found[side], ({ when }) => when)].map(
          ([when, all]) => html`<dt>${when}</dt>${all.map(({ what }) => html`<dd>${unbroken(what)}</dd>`)}\n`,
        )}</dl>`
      : html`<p>Nowhere, in what was measured.</p>`;
  return html`<div class="verdicts">
${sideNames.map((side) => html`<section class="${side}"><h2>Where ${side} win</h2>${list(side)}</section>\n`)}</div>`;
}

/** A text in which no number is parted from its unit. */
const unbroken = (text: string): string => text.replace(/(\d) (m?s|MB)\b/g, '$1\u00a0$2');

function costSection(breakEven: BreakEven, comparison: Comparison): Html {
  const says = breakEvenSentence(breakEven);
  const caption = html`<h3>What it costs a month, by how many orders come a second, day and night</h3>
<p>${says} ${partsSentence(breakEven)}</p>
<p class="note">${assumptionsOf(breakEven, comparison).join(' ')}</p>`;
  return html`<div class="costs">${figure({ id: 'cost', plot: costPlot(breakEven), caption, says, isWide: true })}</div>`;
}

function closing({ machine, seed }: Comparison): Html {
  const { cpus, memoryBytes, node, platform } = machine;
  return html`<footer class="meta">
<p>How it was measured: customers come at a rate, whether those before them were served or not, at the same moments on both sides
(seed ${seed}); each places an order, lists the own orders, and follows the new one until it is baked. A latency is counted from
the moment a request was due, so that a side that is behind does not look fast. The warm-up is in no number and no plot,
but in the requests by worker and in what is billed. An order is kept only if it can be read back in the end and was baked once. Of what is not counted
one by one, a difference of less than a twentieth is none.</p>
<p>What it is not: unless the endpoint is AWS itself, functions, queue and tables ran on the machine of their customers (${cpus} cores,
${megabytes(memoryBytes)}, ${platform}, Node ${node}) and shared it with them. Times then say which side is faster here, and not how fast it is elsewhere.
Servers call no service: their orders are as safe as their memory.</p>
</footer>`;
}
