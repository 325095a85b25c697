import * as z from 'zod/mini';
import { accept } from '../runtime/accept.ts';

/** The longest that a request may be held to count what happens meanwhile. */
const mostSeconds = 10;

const secondsMessage = `must be a whole number from 1 to ${mostSeconds}`;

const censusQuery = z.strictObject({
  seconds: z.optional(
    z.pipe(
      z.string().check(z.regex(/^\d{1,2}$/, secondsMessage)),
      z.pipe(z.transform(Number), z.number().check(z.gte(1, secondsMessage), z.lte(mostSeconds, secondsMessage))),
    ),
  ),
});

type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Reads the query of `GET /metrics`: optionally `seconds` (1 to 10).
 *
 * @throws InvalidRequest that names every parameter to put right.
 */
export function readCensusQuery(parameters: Parameters = {}): number | undefined {
  return accept(censusQuery, parameters).seconds;
}
