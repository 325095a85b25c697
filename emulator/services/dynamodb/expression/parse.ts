import type { Attribute } from '../item/item.ts';

/** Attribute values of a request, by their names. */
export type Values = Readonly<Record<string, Attribute>>;

/** What dynalite hands to its parsers. They take out of `unused` what an expression names. */
export interface Context {
  readonly attrNames?: Readonly<Record<string, string>>;
  readonly attrVals?: Values;
  readonly unusedAttrNames: Record<string, true>;
  readonly unusedAttrVals: Record<string, true>;
}

/** Parses an expression. A text is what is wrong with it. */
export type Parse<Parsed = unknown> = (text: string, options: { readonly context: Context }) => Parsed | string;
