import { type CleanUpDependencies, cleanUp } from '../../functions/cleanup/clean-up.ts';
import type { BakeQueue, TimeLimit } from '../../functions/domain/ports.ts';
import type { HttpRoute } from '../../functions/runtime/http-function.ts';

/** The door to the broom cupboard. It is in the shop, next to the counter, and it is never locked. */
export function cleanupDoor(dependencies: CleanUpDependencies): HttpRoute {
  return {
    method: 'POST',
    path: '/admin/cleanup',
    async handler(_request: unknown, timeLimit: TimeLimit) {
      const report = await cleanUp({ dryRun: false }, dependencies, timeLimit);
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(report) };
    },
  };
}

/** For a kitchen that bakes on the spot: there is no queue, and nothing is ever put back on it. */
export const noQueue: BakeQueue = {
  put: async () => {
    throw new Error('This kitchen has no queue.');
  },
};
