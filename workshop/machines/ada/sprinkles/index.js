/** A price in whole cents. */
export const sprinkle = (cents) => Math.round(cents);
