import { baseStyle } from '../../report/base-style.ts';
import { Html } from '../../report/html.ts';

/** The look of a proof's report. */
export const style = new Html(`<style>
${baseStyle}
:root { --was: #c98a4b; --right: #2e7d54; }
@media (prefers-color-scheme: dark) { :root { --was: #d59a5d; --right: #5fbf8a; } }
article + article { margin-top: 4rem; padding-top: 3rem; border-top: 1px solid var(--rule); }
header { display: grid; grid-template-columns: auto 1fr auto; gap: 0 1.25rem; align-items: center; }
.number { color: var(--was); }
.kicker, .meta, th, .side, .must, .tick, .mustbe, .word span { font-family: ui-sans-serif, system-ui, "Segoe UI", sans-serif; }
.kicker { color: var(--soft); margin: 0; font-size: .9rem; }
.question { font-size: 1.15rem; font-style: italic; margin: 1.25rem 0 1.75rem; max-width: 46rem; }
.verdict { font: 700 1rem/1 ui-sans-serif, system-ui, sans-serif; letter-spacing: .06em; padding: .7rem 1rem; border-radius: .5rem;
  border: 2px solid currentColor; white-space: nowrap; }
.PROVED { color: var(--right); } .NOT { color: var(--wrong); } .CANNOT { color: var(--unsure); }
.reasons { border-left: 3px solid var(--wrong); padding: .25rem 0 .25rem 1rem; margin: 0 0 1.75rem; list-style: none; white-space: pre-wrap; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 1.25rem; margin-bottom: 2rem; }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .75rem; padding: 1.1rem 1.25rem 1rem; }
figcaption { margin-bottom: .75rem; }
svg { max-width: 34rem; }
svg .side { fill: var(--soft); text-anchor: end; font-size: 13px; }
svg .must { fill: var(--soft); font-size: 12px; }
svg .value { font-weight: 650; }
.axis { stroke: var(--rule); stroke-width: 1.5; }
.limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 4; }
rect.was, circle.was { fill: var(--was); } rect.right, circle.right { fill: var(--right); } rect.wrong { fill: var(--wrong); }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; } .line.was { stroke: var(--was); } .line.right { stroke: var(--right); }
.words { display: flex; align-items: stretch; gap: 1rem; }
.word { flex: 1; border: 2px solid currentColor; border-radius: .5rem; padding: .5rem .8rem; min-width: 0; overflow-wrap: anywhere; }
.word span { display: block; font-size: .8rem; color: var(--soft); } .word strong { font-size: 1.3rem; }
.word.was { color: var(--was); } .word.right { color: var(--right); } .word.wrong { color: var(--wrong); }
.arrow { align-self: center; color: var(--soft); font-size: 1.3rem; }
.mustbe { color: var(--soft); font-size: .8rem; margin: .6rem 0 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums lining-nums; }
th { text-align: left; font-size: .8rem; color: var(--soft); font-weight: 600; }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
tbody th { padding-top: 1.1rem; } td.bad { color: var(--wrong); font-weight: 650; }
.meta { color: var(--soft); font-size: .85rem; margin-top: 1.5rem; }
.summary { margin-bottom: 3rem; } .summary h1 { font-size: 2.2rem; margin-bottom: 1rem; }
.summary a { color: inherit; }
@media (max-width: 40rem) { header { grid-template-columns: auto 1fr; } .verdict { grid-column: 1 / -1; justify-self: start; margin-top: .75rem; } }
@media print { body { background: none; } article { break-inside: avoid-page; } }
</style>`);
