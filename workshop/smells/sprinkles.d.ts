/** This package is not declared. It is installed on some machines. */
declare module 'sprinkles' {
  export function sprinkle(cents: number): number;
}
