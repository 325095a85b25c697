import { baseStyle } from '../../../report/base-style.ts';
import { Html } from '../../../report/html.ts';

/** The look of the page: that of all reports, and for paper, too. */
export const style = new Html(`<style>
${baseStyle}
:root { --servers: #94500f; --functions: #1c6a86; }
@media (prefers-color-scheme: dark) { :root { --servers: #e2a05c; --functions: #62b8d6; } }
@media print { :root { color-scheme: light; --paper: #ffffff; --card: #ffffff; --ink: #2a211c; --soft: #6b5e54; --rule: #e6dccd;
  --servers: #94500f; --functions: #1c6a86; --wrong: #ad3626; --unsure: #805b00; } }
h1 { font-size: clamp(1.8rem, 5vw, 2.6rem); }
.servers { --side: var(--servers); } .functions { --side: var(--functions); }
.kicker, .meta, .note, th, caption, summary, .banner, .matrix td, .legend, svg text { font-family: ui-sans-serif, system-ui, "Segoe UI", sans-serif; }
.kicker { color: var(--soft); margin: 0 0 .35rem; font-size: .9rem; }
.lede { text-wrap: pretty; font-size: 1.15rem; max-width: 48rem; margin: 0 0 1.25rem; }
.lede strong { color: var(--side); font-weight: 650; }
.banner { border: 2px solid var(--unsure); border-radius: .5rem; padding: .7rem 1rem; margin: 1rem 0 0; font-weight: 600; max-width: 52rem; }
.matrix { margin: 1.25rem 0; background: var(--card); border: 1px solid var(--rule); border-radius: .75rem; padding: .9rem 1.1rem; }
.matrix table { border-collapse: collapse; width: 100%; min-width: 44rem; font-variant-numeric: tabular-nums lining-nums; }
.matrix caption { text-align: left; font-size: .85rem; color: var(--soft); padding-bottom: .5rem; }
.matrix th { text-align: left; font-size: .85rem; font-weight: 600; } .matrix tbody th { color: var(--soft); background: var(--card); position: sticky; left: 0; }
.matrix :is(th, td) { border-top: 1px solid var(--rule); padding: .35rem .8rem .35rem 0; vertical-align: top; }
.matrix td a { display: block; text-decoration: none; } .matrix td a:hover b { text-decoration: underline; }
.matrix :is(td, caption) b { color: var(--side); font-size: .9rem; } .matrix b.pale { color: var(--soft); font-weight: 500; }
.matrix small { font-size: .78rem; display: flex; flex-wrap: wrap; gap: 0 .5rem; color: var(--soft); white-space: nowrap; } .matrix small span { border-bottom: 2px solid var(--side); }
article { margin-top: 2rem; padding-top: 1.75rem; border-top: 1px solid var(--rule); }
article > header { display: grid; grid-template-columns: auto 1fr; gap: 0 1.25rem; align-items: center; margin-bottom: 1rem; }
.number { color: var(--soft); font-size: 3rem; }
details { margin-bottom: 1rem; } summary { cursor: pointer; font-weight: 600; font-size: .95rem; } details[open] summary { margin-bottom: 1rem; }
.partial { border-left: 3px solid var(--unsure); padding: .25rem 0 .25rem 1rem; margin: 0 0 1.75rem; overflow-wrap: anywhere; }
.partial strong { color: var(--unsure); }
.verdicts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.25rem; margin-bottom: 1.25rem; }
.verdicts section { background: var(--card); border: 1px solid var(--rule); border-top: 4px solid var(--side); border-radius: .75rem; padding: 1.1rem 1.4rem 1.2rem; }
.verdicts h2 { font-size: 1.3rem; color: var(--side); margin-bottom: .6rem; }
.verdicts dl { margin: 0; } .verdicts dt { font-weight: 650; margin-top: .7rem; }
.verdicts dd { margin: 0; padding-left: 1rem; text-indent: -1rem; } .verdicts dd::before { content: "–"; display: inline-block; width: 1rem; text-indent: 0; color: var(--soft); }
.plots { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; margin-bottom: 1rem; }
figure { margin: 0; min-width: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .75rem; padding: 1.1rem 1.25rem .9rem; break-inside: avoid; }
figure.wide { grid-column: 1 / -1; }
figcaption { margin-bottom: .6rem; }
.note { color: var(--soft); font-size: .82rem; margin: .2rem 0 0; line-height: 1.45; }
.line, .thin { fill: none; stroke: var(--side); stroke-width: 2.5; stroke-linejoin: round; } .thin { stroke-width: 1.25; }
.band, circle.dots, rect.bars { fill: var(--side); } .band { opacity: .16; } circle.dots { opacity: .45; }
path.failures { stroke: var(--side); stroke-width: 2; } polygon.asked { fill: var(--soft); opacity: .22; }
line.mark { stroke: var(--wrong); stroke-width: 1.5; stroke-dasharray: 5 4; } svg text.mark { fill: var(--wrong); font-weight: 600; }
.hit { fill: var(--soft); opacity: 0; } .hit:hover { opacity: .14; }
.legend { list-style: none; margin: .35rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .78rem; color: var(--soft); }
.legend li { fill: none; opacity: 1; }
.legend li::before { content: ""; display: inline-block; vertical-align: middle; margin-right: .4rem; width: 1.1rem; border-top: 3px solid var(--side, var(--soft)); }
.legend .thin::before { border-top-width: 1.5px; } .legend .asked::before { border: 0; width: 1rem; height: .7rem; background: var(--soft); opacity: .3; }
.legend .bars::before { border: 0; width: .7rem; height: .7rem; border-radius: 2px; background: var(--side); }
.legend .dots::before { border: 0; width: .35rem; height: .35rem; border-radius: 50%; background: var(--side); opacity: .55; }
.legend .failures::before { border: 0; width: auto; content: "✕"; color: var(--side); font-weight: 700; vertical-align: baseline; }
table.rows { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums lining-nums; }
.rows th { text-align: left; font-size: .8rem; color: var(--soft); font-weight: 600; }
.rows th, .rows td { padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
.rows :is(th, td):nth-child(2), .rows :is(th, td):nth-child(3) { text-align: right; white-space: nowrap; }
.rows :is(th, td):nth-child(4) { padding-left: 1.2rem; } .rows .wins { font-weight: 700; color: var(--side); } .rows .even { color: var(--soft); }
.meta { color: var(--soft); font-size: .85rem; margin-top: 1.5rem; } .meta p, .meta ul { margin: .4rem 0; max-width: 52rem; }
.costs { margin-bottom: 1.25rem; } .costs p:not(.note) { margin: .2rem 0 0; font-size: 1.05rem; }
@media (max-width: 44rem) { .plots { grid-template-columns: minmax(0, 1fr); }
  svg { min-width: 26rem; } svg text { font-size: 15px; } .wide svg { min-width: 44rem; } .wide svg text { font-size: 18px; }
  .number { font-size: 2.4rem; } h2 { font-size: 1.45rem; } main { padding: 1.5rem .9rem 3rem; }
  figure, .matrix { padding: .9rem .8rem .7rem; } .matrix tbody th { max-width: 6rem; } }
@media print { body { background: none; font-size: 10pt; } main { max-width: none; padding: 0; } .lede { font-size: 1rem; } article { break-inside: avoid-page; margin: 1rem 0 0; padding: .75rem 0 0; }
  .matrix table { min-width: 0; } .matrix tbody th { position: static; } details:not([open]) { display: none; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
</style>`);
