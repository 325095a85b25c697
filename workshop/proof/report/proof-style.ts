import { baseStyle } from '../../report/base-style.ts';
import { Html } from '../../report/html.ts';

/** The look of a proof's report: on a desk, on a phone, and on two sheets of paper. */
export const style = new Html(`<style>
${baseStyle}
:root { --was: #8f5312; --right: #24704a; }
@media (prefers-color-scheme: dark) { :root { --was: #e0a566; --right: #66c791; } }
@media print { :root { color-scheme: light; --paper: #ffffff; --card: #ffffff; --ink: #2a211c; --soft: #6b5e54; --rule: #e6dccd;
  --wrong: #ad3626; --unsure: #805b00; --was: #8f5312; --right: #24704a; } }
article + article { margin-top: 4rem; padding-top: 3rem; border-top: 1px solid var(--rule); }
.kicker, .meta, th, .pair small, .mustbe, .verdict, .steps, summary { font-family: ui-sans-serif, system-ui, "Segoe UI", sans-serif; }
.kicker { color: var(--soft); margin: 0 0 .6rem; font-size: .95rem; }
.headline { font-size: clamp(1.7rem, 4.5vw, 2.6rem); max-width: 52rem; }
.headline b { font-weight: 750; white-space: nowrap; } .headline .was, .headline .right, .headline .wrong { color: var(--side); }
.was { --side: var(--was); } .right { --side: var(--right); } .wrong { --side: var(--wrong); }
.question { font-size: 1.15rem; font-style: italic; margin: .9rem 0 1.5rem; max-width: 46rem; }
.verdict { display: inline-block; font-weight: 700; font-size: 1rem; line-height: 1; letter-spacing: .06em; padding: .6rem .9rem;
  border-radius: .5rem; border: 2px solid currentColor; white-space: nowrap; margin: 1rem 0 0; }
.PROVED { color: var(--right); } .NOT { color: var(--wrong); } .CANNOT, .BUSY { color: var(--unsure); }
.reasons { border-left: 3px solid var(--wrong); padding: .25rem 0 .25rem 1rem; margin: 0 0 1.75rem; list-style: none; white-space: pre-wrap; overflow-wrap: anywhere; }
.BUSY ~ .reasons, .CANNOT ~ .reasons { border-color: var(--unsure); }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; margin: 0 0 1.5rem; padding: 0; list-style: none; }
.pair, figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .75rem; padding: .9rem 1.1rem; break-inside: avoid; }
.pair { display: flex; flex-direction: column; } .pair.missed { border: 2px solid var(--wrong); }
.pair h3 { flex: 1; margin-bottom: .5rem; }
.pair div { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); gap: .75rem; align-items: end; }
.pair p { margin: 0; color: var(--side); min-width: 0; }
.pair small { display: block; font-size: .8rem; color: var(--soft); }
.pair strong { font-size: 1.7rem; line-height: 1.15; font-weight: 700; overflow-wrap: anywhere; font-variant-numeric: lining-nums; }
.pair strong.long { font-size: 1.05rem; }
.arrow { color: var(--soft); font-size: 1.3rem; }
.pair .mustbe { color: var(--soft); font-size: .8rem; margin-top: .4rem; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 1rem; margin-bottom: 1.5rem; }
figcaption { margin-bottom: .75rem; }
svg { max-width: 30rem; }
svg .value { font-weight: 650; }
.axis { stroke: var(--rule); stroke-width: 1.5; }
circle.was, circle.right { fill: var(--side); } .line { fill: none; stroke: var(--side); stroke-width: 2.5; stroke-linejoin: round; }
details { background: var(--card); border: 1px solid var(--rule); border-radius: .75rem; padding: .8rem 1.1rem; margin-bottom: 1.5rem; }
summary { cursor: pointer; font-weight: 600; } details[open] summary { margin-bottom: .75rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums lining-nums; }
th { text-align: left; font-size: .8rem; color: var(--soft); font-weight: 600; }
th, td { padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; }
tbody th { padding-top: 1.1rem; } td.bad { color: var(--wrong); font-weight: 650; }
.steps { margin: 0; padding: 0; list-style: none; display: grid; gap: .35rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); font-size: .95rem; }
.meta { color: var(--soft); font-size: .85rem; margin: 1.25rem 0 0; }
.summary { margin-bottom: 3rem; } .summary h1 { font-size: 2.2rem; margin-bottom: 1rem; }
@media (max-width: 40rem) {
  main { padding: 1.5rem .9rem 3rem; } .pair, figure, details { padding: .8rem .9rem; } svg text { font-size: 16px; }
  .summary td:nth-child(3) { display: none; }
  .observed thead { display: none; } .observed tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); border-bottom: 1px solid var(--rule); padding: .4rem 0; }
  .observed :is(th, td) { border: 0; padding: .1rem .5rem .1rem 0; } .observed :is(th, td):first-child { grid-column: 1 / -1; }
  .observed td[data-side]::before { content: attr(data-side); display: block; font-size: .75rem; color: var(--soft); } }
@media print { body { background: none; font-size: 10pt; } main { max-width: none; padding: 0; } .headline { font-size: 1.7rem; }
  article + article { break-before: page; border: 0; margin: 0; padding: 0; }
  .pairs { grid-template-columns: repeat(3, 1fr); gap: .5rem; } .pair { padding: .5rem .7rem; } .pair strong { font-size: 1.2rem; }
  details::details-content { content-visibility: visible; block-size: auto; } th, td { padding-top: .15rem; padding-bottom: .15rem; } tr { break-inside: avoid; } }
</style>`);
