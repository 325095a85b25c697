/** What a measurement found, once. */
export interface Sample {
  readonly figure: string;
  readonly unit: string;
  /** Undefined where it cannot be known of this endpoint. */
  readonly value: number | undefined;
}

export const sample = (figure: string, unit: string, value: number | undefined): Sample => ({ figure, unit, value });

/** A figure of one endpoint, over all rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** A row of the result: one figure, and what it is at each endpoint. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  /** In the order of the endpoints; undefined where it is not known. */
  readonly spreads: readonly (Spread | undefined)[];
  /** The median of each further endpoint, as a multiple of the first one's. */
  readonly ratios: readonly (number | undefined)[];
}

/** The middle one of some numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

function spreadOf(values: readonly number[]): Spread | undefined {
  return values.length === 0
    ? undefined
    : { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** The rows of a table, in the order in which figures were first measured. */
export function rowsOf(samplesByEndpoint: readonly (readonly Sample[])[]): Row[] {
  const units = new Map(samplesByEndpoint.flat().map(({ figure, unit }) => [figure, unit]));
  return [...units].map(([figure, unit]) => {
    const spreads = samplesByEndpoint.map((samples) =>
      spreadOf(samples.flatMap((one) => (one.figure === figure && one.value !== undefined ? [one.value] : []))),
    );
    const [first, ...others] = spreads;
    return { figure, unit, spreads, ratios: others.map((other) => first && other && other.median / first.median) };
  });
}
