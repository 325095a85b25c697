import { InvalidArgumentError } from 'commander';

export interface Range {
  readonly least: number;
  /** @default - as large as whole numbers are exact */
  readonly most?: number;
  /** As it is written behind a number, with its space. @default - none */
  readonly unit?: string;
}

/** Reads a number of the command line, within its range. @throws InvalidArgumentError, in the reader that it returns */
export const number =
  (range: Range): ((text: string) => number) =>
  (text) =>
    read(text, range, Number.isFinite, 'number');

/** The same for whole numbers. */
export const wholeNumber =
  (range: Range): ((text: string) => number) =>
  (text) =>
    read(text, range, Number.isSafeInteger, 'whole number');

function read(
  text: string,
  { least, most = Number.MAX_SAFE_INTEGER, unit = '' }: Range,
  isOfKind: (value: number) => boolean,
  kind: string,
): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!isOfKind(value) || value < least || value > most) {
    const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
    throw new InvalidArgumentError(`A ${kind} from ${least}${upTo}${unit} is needed.`);
  }
  return value;
}
