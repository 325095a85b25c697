import * as z from 'zod/mini';
import { accept } from '../runtime/accept.ts';

const noQuery = z.strictObject({});

/**
 * Reads the query of `GET /satisfaction`, which takes none.
 *
 * @throws InvalidRequest that names every parameter to leave out.
 */
export function refuseQuery(parameters: Readonly<Record<string, string | undefined>> = {}): void {
  accept(noQuery, parameters);
}
