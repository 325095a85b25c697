/** Nobody declared this package. It is there on some desks. */
declare module 'sprinkles' {
  export function sprinkle(cents: number): number;
}
