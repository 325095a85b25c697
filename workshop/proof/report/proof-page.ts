import { type Html, html } from '../../report/html.ts';
import type { Proof } from '../proof.ts';
import { sidesOf, tableParts } from '../proof-table.ts';
import { type Row, type VerdictWord, withUnit } from '../verdict.ts';
import { gatePlot } from './bars.ts';
import { linePlot } from './line.ts';
import { style } from './proof-style.ts';

const classes: Record<VerdictWord, string> = {
  PROVED: 'PROVED',
  'NOT PROVED': 'NOT',
  'CANNOT RUN HERE': 'CANNOT',
  'TOO BUSY': 'BUSY',
};

/** One page with one proof or several, which needs nothing but itself: no network, no script. */
export function reportPage(proofs: readonly Proof[]): string {
  const [first] = proofs;
  const title = proofs.length === 1 && first ? `Factor ${first.factor}, ${first.name}: ${first.verdict}` : 'The proofs';
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style}
</head>
<body>
<main>
${proofs.length > 1 ? summary(proofs) : undefined}
${proofs.map(article)}
</main>
</body>
</html>`}\n`;
}

function summary(proofs: readonly Proof[]): Html {
  const proved = proofs.filter(({ verdict }) => verdict === 'PROVED').length;
  return html`<section class="summary">
<h1>${proved} of ${proofs.length} proved</h1>
<div class="scroll"><table><tbody>${proofs.map(
    (proof, i) =>
      html`<tr><td>${proof.factor}</td><td><a href="#proof-${i}">${proof.name}</a></td><td>${proof.title}</td>
<td class="${classes[proof.verdict]}">${proof.verdict}</td></tr>`,
  )}</tbody></table></div>
</section>`;
}

function article(proof: Proof, i: number): Html {
  const { factor, name, title, question, verdict, reasons, rows, series } = proof;
  const gates = rows.filter(({ kind }) => kind === 'gate');
  const lines = series.flatMap((one) => {
    const plot = linePlot(one, rows);
    return plot ? [{ title: one.unit ? `${one.title}, ${one.unit}` : one.title, plot }] : [];
  });
  return html`<article id="proof-${i}">
<header>
<div class="number">${factor}</div>
<div><p class="kicker">${name} · ${sidesOf(proof)}</p><h2>${title}</h2></div>
<div class="verdict ${classes[verdict]}">${verdict}</div>
</header>
<p class="question">${question}</p>
${reasons.length > 0 ? html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : undefined}
<div class="plots">
${lines.map(({ title: caption, plot }) => figure(caption, plot))}
${gates.map((row) => figure(row.title, gatePlot(row)))}
</div>
${rows.length > 0 ? table(rows) : undefined}
<p class="meta">${meta(proof)}</p>
</article>`;
}

const figure = (caption: string, plot: Html): Html =>
  html`<figure><figcaption><h3>${caption}</h3></figcaption>${plot}</figure>\n`;

function table(rows: readonly Row[]): Html {
  const parts = tableParts.map(({ kind, heading }) => ({ heading, members: rows.filter((row) => row.kind === kind) }));
  return html`<div class="scroll"><table>
<thead><tr><th>observable</th><th>before</th><th>after</th><th>must be</th></tr></thead>
<tbody>${parts.map(({ heading, members }) =>
    members.length > 0 ? html`<tr><th colspan="4">${heading}</th></tr>\n${members.map(tableRow)}` : undefined,
  )}</tbody>
</table></div>`;
}

function tableRow({ title, unit, before, after, mustBe, holds }: Row): Html {
  const bad = holds ? '' : 'bad';
  return html`<tr><td class="${bad}">${title}</td><td>${withUnit(before.finding, unit)}</td><td>${withUnit(after.finding, unit)}</td><td>${mustBe}</td></tr>\n`;
}

function meta({ endpoint, at, seconds }: Proof): string {
  const { total, deploy, before, after } = seconds;
  const parts = Object.entries({ deploy, before, after }).flatMap(([what, time]) =>
    time === undefined ? [] : [`${what} ${time.toFixed(1)} s`],
  );
  const times = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return `On ${endpoint}, ${at.slice(0, 16).replace('T', ' ')} UTC, in ${total.toFixed(1)} s${times}.`;
}
