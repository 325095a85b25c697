import type { Position } from './event-sequence.ts';

/** Widths of the two numbers in an id. Together with the digit before them they are AWS's 56 digits. */
const timestampDigits = 15;
const arrivalDigits = 40;

/** The id of an event, 56 digits: its position, so that ids sort as events do. */
export function eventId({ timestamp, arrival }: Position): string {
  return `3${String(timestamp).padStart(timestampDigits, '0')}${String(arrival).padStart(arrivalDigits, '0')}`;
}

/** The position that an id stands for, or undefined where it is none. */
export function positionOf(id: string): Position | undefined {
  if (!/^3\d{55}$/.test(id)) {
    return undefined;
  }
  return { timestamp: Number(id.slice(1, 1 + timestampDigits)), arrival: Number(id.slice(1 + timestampDigits)) };
}
