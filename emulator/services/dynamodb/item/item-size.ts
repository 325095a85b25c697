import type { Attribute, Item } from './item.ts';

/** What a list or a map takes beside what is in it, and each of its elements. */
const documentBytes = 3;

/**
 * The bytes of an item: its names and texts in UTF-8, a number by its significant digits. Source: DynamoDB Developer Guide, "DynamoDB
 * item sizes and formats".
 */
export function itemSize(item: Item): number {
  let bytes = 0;
  for (const name in item) {
    const attribute = item[name];
    if (attribute) {
      bytes += Buffer.byteLength(name) + valueSize(attribute);
    }
  }
  return bytes;
}

function valueSize({ S, N, B, SS, NS, BS, L, M }: Attribute): number {
  if (S !== undefined) {
    return Buffer.byteLength(String(S));
  }
  if (N !== undefined) {
    return numberSize(String(N));
  }
  if (M !== undefined) {
    const members = M as Item;
    return documentBytes + Object.keys(members).length + itemSize(members);
  }
  if (L !== undefined) {
    return documentBytes + sumOf(L as Attribute[], (element) => 1 + valueSize(element));
  }
  if (B !== undefined) {
    return binarySize(String(B));
  }
  if (SS !== undefined) {
    return sumOf(SS as string[], (text) => Buffer.byteLength(text));
  }
  if (NS !== undefined) {
    return sumOf(NS as string[], numberSize);
  }
  // What is left is a set of binaries, or a boolean or a null, which take a byte.
  return BS === undefined ? 1 : sumOf(BS as string[], binarySize);
}

const binarySize = (base64: string): number => Buffer.byteLength(base64, 'base64');

/** A byte for two digits, with one for the rest of the number and one for a minus. Two digits share a byte from the point on. */
function numberSize(text: string): number {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = numberPattern.exec(text) ?? [];
  const digits = whole + fraction;
  const significant = digits.replace(/^0+/, '');
  if (significant === '') {
    return 1;
  }
  const count = significant.replace(/0+$/, '').length;
  const magnitude = whole.length - (digits.length - significant.length) - 1 + Number(exponent);
  const isShared = count % 2 !== 0 || magnitude % 2 !== 0;
  return 1 + Math.ceil(count / 2) + (isShared ? 0 : 1) + (sign === '-' ? 1 : 0);
}

const numberPattern = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

function sumOf<Value>(values: readonly Value[], size: (value: Value) => number): number {
  return values.reduce((sum, value) => sum + size(value), 0);
}
