import type { Proof } from './proof.ts';
import { type Row, withUnit } from './verdict.ts';

/** One part of a headline: words, or a number of one side. */
export type HeadlinePart =
  | { readonly words: string }
  | { readonly number: string; readonly side: 'before' | 'after'; readonly met?: boolean };

/** A place in a template: an observable, a dot, a side. */
const place = /\{(\w+)\.(before|after)\}/g;

/** Names of the observables that a template speaks of. */
export const namesIn = (template: string): string[] => [...template.matchAll(place)].map(([, name = '']) => name);

/**
 * What a proof found, in one sentence with the two numbers that matter: by the experiment's own template, or by its first
 * gate. Empty where nothing was observed.
 */
export function headlineOf({ headline, rows }: Pick<Proof, 'headline' | 'rows'>): HeadlinePart[] {
  const gate = rows.find(({ kind }) => kind === 'gate');
  if (!gate) {
    return [];
  }
  const template = headline ?? `${capitalised(gate.title)}: {${gate.name}.before} before, {${gate.name}.after} now.`;
  const parts: HeadlinePart[] = [];
  let end = 0;
  for (const { 0: text, 1: name = '', 2: side = '', index } of template.matchAll(place)) {
    parts.push({ words: template.slice(end, index) }, numberOf(rows, name, side as 'before' | 'after'));
    end = index + text.length;
  }
  parts.push({ words: template.slice(end) });
  return parts.filter((part) => !('words' in part) || part.words !== '');
}

function numberOf(rows: readonly Row[], name: string, side: 'before' | 'after'): HeadlinePart {
  const row = rows.find((one) => one.name === name);
  const { finding, met } = row?.[side] ?? {};
  return { number: withUnit(finding, row?.unit), side, ...(met !== undefined && { met }) };
}

/** The sentence as plain text. */
export const headlineText = (proof: Pick<Proof, 'headline' | 'rows'>): string =>
  headlineOf(proof)
    .map((part) => ('words' in part ? part.words : part.number))
    .join('');

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
