import { type Html, html } from '../../report/html.ts';
import { type Row, type Side, withUnit } from '../verdict.ts';

/** Characters from which on a finding is a text and not a number. */
const longFinding = 12;

/** One gate: what was found before and after, what it must be, and whether each side meets that. */
export function numberPair(row: Row): Html {
  const { title, before, after, unit, mustBe, holds } = row;
  return html`<li class="pair ${holds ? '' : 'missed'}"><h3>${title}</h3>
<div>${side('before', before, unit)}<span class="arrow" aria-hidden="true">→</span>${side('after', after, unit)}</div>
<p class="mustbe">must be ${mustBe}</p></li>\n`;
}

function side(name: 'before' | 'after', { finding, met }: Side, unit: string | undefined): Html {
  const text = withUnit(finding, unit);
  const says = met === undefined ? name : `${name}: ${met ? 'met' : 'missed'}`;
  return html`<p class="${classOf(name, met)}"><small>${says}</small><strong class="${text.length >= longFinding ? 'long' : ''}">${text}</strong></p>`;
}

/** Before, a gate is meant to be missed: that is what hurts. After, it is right or wrong. */
export function classOf(side: 'before' | 'after', met: boolean | undefined): string {
  if (side === 'before') {
    return 'was';
  }
  return met === false ? 'wrong' : 'right';
}
