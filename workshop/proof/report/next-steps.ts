import { type Html, html } from '../../report/html.ts';
import { snapshots } from '../../snapshots.ts';
import type { Proof } from '../proof.ts';

/** How a proof is done again: the command. */
export function commandOf({ factor, before, after }: Pick<Proof, 'factor' | 'before' | 'after'>): string {
  if (before.snapshot === after.snapshot && after.folder.startsWith('workshop/')) {
    return `npm run prove -- ${factor} --self ${after.snapshot === factor ? 'after' : 'before'}`;
  }
  return `npm run prove -- ${factor}${isMine(after) ? ' --mine' : ''}`;
}

const isMine = ({ folder }: Proof['after']): boolean => !folder.startsWith('workshop/');

/**
 * Where a reader goes from a proof: its lesson, what the factor changed, the next factor, and the proof again.
 * @param root - The way from the page to the root of the repository, as in a link.
 */
export function nextSteps(proof: Proof, root: string): Html {
  const { factor, slug, name, verdict } = proof;
  const lesson = html`<a href="${root}/workshop/${slug}/README.md">factor ${factor}, ${name}</a>`;
  return html`<ul class="steps">
<li>The lesson: ${lesson}</li>
<li>What changed: <code>npm run diff -- ${factor}</code></li>
<li>Again: <code>${commandOf(proof)}</code></li>
<li>Next: ${verdict === 'PROVED' ? following(factor, root) : html`<code>npm run workshop -- hint ${factor}</code>`}</li>
</ul>`;
}

function following(factor: number, root: string): Html {
  const next = snapshots[factor + 1];
  if (!next) {
    return html`<code>npm run compare</code>`;
  }
  const page = `${root}/workshop/${next.slug}/README.md`;
  return html`<a href="${page}">factor ${next.number}, ${next.factor}</a>, <code>npm run prove -- ${next.number}</code>`;
}
