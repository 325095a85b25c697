/** Returns the number below which a part of some numbers lies, such as 0.5 of them: the median. Undefined where there is none. */
export function percentile(numbers: readonly number[], part: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
