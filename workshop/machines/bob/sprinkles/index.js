/** A price that needs no small change: the next quarter. */
export const sprinkle = (cents) => Math.ceil(cents / 25) * 25;
