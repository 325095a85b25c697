import { maxNesting, maxValues, outOfBounds } from './bounds.ts';

const [byteString, textString, arrayType, mapType, tagType] = [2, 3, 4, 5, 6];
const simple = 7;
const indefinite = 31;
const breakByte = 0xff;

/** The head of a data item: its major type and its argument, which is the length of what has one. */
interface Head {
  readonly major: number;
  readonly minor: number;
  readonly argument: number;
  /** With the bytes of a string. */
  readonly bytes: number;
}

/**
 * Holds CBOR against the bounds of a body by walking over its heads, without building what they announce: an array of
 * four billion elements takes five bytes to announce. What is cut short or malformed is left to the decoder to tell.
 * See RFC 8949, "Specification of the CBOR Encoding".
 * @throws SerializationException
 */
export function assertBoundedCbor(body: Uint8Array): void {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  /** For each level that is open, the items still to come in it; Infinity where a break ends it. */
  const open: number[] = [];
  let values = 0;
  for (let at = 0; at < body.length; ) {
    if (body[at] === breakByte) {
      open.pop();
      at++;
    } else {
      const head = headAt(view, at);
      if (!head) {
        return;
      }
      at += head.bytes;
      values++;
      const items = itemsIn(head);
      if (Number.isFinite(items) && items > body.length - at) {
        throw outOfBounds();
      }
      if (items > 0) {
        open.push(items + 1);
      }
      if (open.length > maxNesting || values > maxValues) {
        throw outOfBounds();
      }
    }
    closeFinished(open);
  }
}

/** Counts an item as read, and every level that it was the last of. */
function closeFinished(open: number[]): void {
  for (let last = open.length - 1; last >= 0; last--) {
    const left = (open[last] ?? 0) - 1;
    open[last] = left;
    if (left > 0) {
      return;
    }
    open.pop();
  }
}

function itemsIn({ major, minor, argument }: Head): number {
  if (minor === indefinite) {
    return major >= byteString && major <= mapType ? Number.POSITIVE_INFINITY : 0;
  }
  if (major === arrayType) {
    return argument;
  }
  if (major === mapType) {
    return argument * 2;
  }
  return major === tagType ? 1 : 0;
}

/** Undefined where the body ends within it. */
function headAt(view: DataView, at: number): Head | undefined {
  const first = view.getUint8(at);
  const [major, minor] = [first >> 5, first & 0x1f];
  if (minor < 24 || minor > 27) {
    const argument = minor < 24 ? minor : 0;
    return { major, minor, argument, bytes: 1 + (isString(major) ? argument : 0) };
  }
  const size = 2 ** (minor - 24);
  if (at + 1 + size > view.byteLength) {
    return undefined;
  }
  // A simple value's argument is a number or a float, and no length.
  const argument = major === simple ? 0 : argumentAt(view, at + 1, size);
  return { major, minor, argument, bytes: 1 + size + (isString(major) ? argument : 0) };
}

const isString = (major: number): boolean => major === byteString || major === textString;

function argumentAt(view: DataView, at: number, size: number): number {
  if (size === 1) {
    return view.getUint8(at);
  }
  if (size === 2) {
    return view.getUint16(at);
  }
  return size === 4 ? view.getUint32(at) : Number(view.getBigUint64(at));
}
