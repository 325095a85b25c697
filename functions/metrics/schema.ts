import * as z from 'zod/mini';
import { accept } from '../runtime/accept.ts';
import { wholeNumberUpTo } from '../runtime/schemas.ts';

/** The longest that a request may be held to count what happens meanwhile. */
const mostSeconds = 10;

const censusQuery = z.strictObject({ seconds: z.optional(wholeNumberUpTo(mostSeconds)) });

type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Reads the query of `GET /metrics`: optionally `seconds` (1 to 10).
 *
 * @throws InvalidRequest that names every parameter to put right.
 */
export function readCensusQuery(parameters: Parameters = {}): number | undefined {
  return accept(censusQuery, parameters).seconds;
}
