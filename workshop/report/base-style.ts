/**
 * What all reports look like, light and dark, with what every machine has. Their own colours and parts come after it. A colour
 * that texts have is told apart from paper and card by 4.5:1 or more (WCAG 2.2, "Contrast (Minimum)"), and no text is smaller
 * than 12 px.
 */
export const baseStyle = `:root { color-scheme: light dark; --paper: #faf6ef; --card: #ffffff; --ink: #2a211c; --soft: #6b5e54; --rule: #e6dccd;
  --wrong: #ad3626; --unsure: #805b00; }
@media (prefers-color-scheme: dark) { :root { --paper: #191513; --card: #231d1a; --ink: #f0e7dc; --soft: #b3a597; --rule: #3a302a;
  --wrong: #f08a76; --unsure: #e0b64a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 ui-serif, Charter, Georgia, "Times New Roman", serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.2; margin: 0; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.75rem; }
h3 { font-size: 1.05rem; }
a { color: inherit; text-underline-offset: .15em; }
code { font: .9em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--ink); font-size: 14px; dominant-baseline: central; font-variant-numeric: tabular-nums lining-nums; }
svg .tick { fill: var(--soft); text-anchor: middle; } svg .tick.y { text-anchor: end; }
.grid { stroke: var(--rule); stroke-width: 1; }
.scroll { overflow-x: auto; }
.number { font-size: 4.5rem; line-height: 1; font-weight: 700; font-variant-numeric: lining-nums; }`;
