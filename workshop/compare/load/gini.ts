/**
 * The Gini coefficient of a load: 0 where everybody has the same share, towards 1 where one has it all. Undefined where
 * there is no load at all.
 */
export function gini(shares: readonly number[]): number | undefined {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) {
    return undefined;
  }
  const sorted = [...shares].sort((a, b) => a - b);
  const weighted = sorted.reduce((sum, share, index) => sum + (index + 1) * share, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}
