import { busyIn, type MachineLoad } from '../../experiment/machine-load.ts';
import { type Html, html } from '../../report/html.ts';
import { headlineOf } from '../headline.ts';
import type { Proof } from '../proof.ts';
import { sidesOf, tableParts } from '../proof-table.ts';
import { type Row, type VerdictWord, withUnit } from '../verdict.ts';
import { linePlot } from './line.ts';
import { nextSteps } from './next-steps.ts';
import { classOf, numberPair } from './number-pair.ts';
import { style } from './proof-style.ts';

const classes: Record<VerdictWord, string> = {
  ...{ PROVED: 'PROVED', 'NOT PROVED': 'NOT' },
  ...{ 'CANNOT RUN HERE': 'CANNOT', 'TOO BUSY': 'BUSY' },
};

/**
 * One page with one proof or several, which needs nothing but itself: no network, no script.
 * @param root - The way from the page to the root of the repository, as in a link. @default - from `reports/`
 */
export function reportPage(proofs: readonly Proof[], root = '..'): string {
  const [first] = proofs;
  const isOne = proofs.length === 1;
  const title = isOne && first ? `Factor ${first.factor}, ${first.name}: ${first.verdict}` : 'The proofs';
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style}
</head>
<body>
<main>
${isOne ? undefined : summary(proofs)}
${proofs.map((proof, i) => article(proof, { id: `proof-${i}`, isOne, root }))}
</main>
</body>
</html>`}\n`;
}

function summary(proofs: readonly Proof[]): Html {
  const proved = proofs.filter(({ verdict }) => verdict === 'PROVED').length;
  return html`<section class="summary">
<h1>${proved} of ${proofs.length} proved</h1>
<table><tbody>${proofs.map(
    (proof, i) =>
      html`<tr><td>${proof.factor}</td><td><a href="#proof-${i}">${proof.name}</a></td><td>${proof.title}</td>
<td class="${classes[proof.verdict]}">${proof.verdict}</td></tr>`,
  )}</tbody></table>
</section>`;
}

interface ArticleOptions {
  readonly id: string;
  /** Whether it is all that the page is about. */
  readonly isOne: boolean;
  readonly root: string;
}

/** A proof from its finding to its details: the sentence, the gates, what has a curve, and the table for who wants to know. */
function article(proof: Proof, { id, isOne, root }: ArticleOptions): Html {
  const { factor, name, question, verdict, reasons, rows, series } = proof;
  const gates = rows.filter(({ kind }) => kind === 'gate');
  const lines = series.flatMap((one) => {
    const plot = linePlot(one, rows);
    return plot ? [{ title: one.unit ? `${one.title}, ${one.unit}` : one.title, plot }] : [];
  });
  const finding = headline(proof);
  return html`<article id="${id}">
<p class="kicker">Factor ${factor}, ${name} · ${sidesOf(proof)}</p>
${isOne ? html`<h1 class="headline">${finding}</h1>` : html`<h2 class="headline">${finding}</h2>`}
<p class="verdict ${classes[verdict]}">${verdict}</p>
<p class="question">${question}</p>
${reasons.length > 0 ? html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : undefined}
${gates.length > 0 ? html`<ul class="pairs">\n${gates.map(numberPair)}</ul>` : undefined}
${lines.length > 0 ? html`<div class="plots">${lines.map(({ title: caption, plot }) => figure(caption, plot))}</div>` : undefined}
${rows.length > 0 ? html`<details><summary>All ${rows.length} observables</summary>\n${table(rows)}</details>` : undefined}
${nextSteps(proof, root)}
<p class="meta">${meta(proof)}</p>
</article>`;
}

function headline(proof: Proof): Html {
  const parts = headlineOf(proof);
  if (parts.length === 0) {
    return html`${proof.title}`;
  }
  return html`${parts.map((part) =>
    'words' in part ? part.words : html`<b class="${classOf(part.side, part.met)}">${part.number}</b>`,
  )}`;
}

const figure = (caption: string, plot: Html): Html =>
  html`<figure><figcaption><h3>${caption}</h3></figcaption>${plot}</figure>\n`;

function table(rows: readonly Row[]): Html {
  const parts = tableParts.map(({ kind, heading }) => ({ heading, members: rows.filter((row) => row.kind === kind) }));
  return html`<table class="observed">
<thead><tr><th>observable</th><th>before</th><th>after</th><th>must be</th></tr></thead>
<tbody>${parts.map(({ heading, members }) =>
    members.length > 0 ? html`<tr><th colspan="4">${heading}</th></tr>\n${members.map(tableRow)}` : undefined,
  )}</tbody>
</table>`;
}

function tableRow({ title, unit, before, after, mustBe, holds }: Row): Html {
  const bad = holds ? '' : 'bad';
  return html`<tr><td class="${bad}">${title}</td><td data-side="before">${withUnit(before.finding, unit)}</td><td data-side="after">${withUnit(after.finding, unit)}</td><td ${mustBe === undefined ? undefined : attribute('must be')}>${mustBe}</td></tr>\n`;
}

const attribute = (label: string): Html => html`data-side="${label}"`;

function meta({ endpoint, at, seconds, load }: Proof): string {
  const { total, deploy, before, after } = seconds;
  const parts = Object.entries({ deploy, before, after }).flatMap(([what, time]) =>
    time === undefined ? [] : [`${what} ${time.toFixed(1)} s`],
  );
  const times = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  const when = `On ${endpoint}, ${at.slice(0, 16).replace('T', ' ')} UTC, in ${total.toFixed(1)} s${times}.`;
  return [when, ...busiest(load)].join(' ');
}

/** The load of the side that met the busier machine. */
function busiest(load: Proof['load']): string[] {
  const byOthers = (one: MachineLoad) => one.others ?? one.cpu;
  const [worst] = Object.values(load ?? {}).toSorted((a, b) => byOthers(b) - byOthers(a));
  return worst ? [machine(worst)] : [];
}

/** How busy the machine was, for who compares this report with another. */
function machine(load: MachineLoad): string {
  const { cores, cpu, others, lagMs } = load;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const byOthers = others === undefined ? '' : `, ${percent(others)} by other programs`;
  const judged = busyIn(load).length > 0 ? ' That is too busy for what depends on time.' : '';
  return `Meanwhile ${percent(cpu)} of the time of the machine's ${cores} cores was in use${byOthers}, and this process woke up to ${Math.round(lagMs)} ms late.${judged}`;
}
