import type { Job } from '../job.ts';
import { leftAt } from '../leftovers.ts';
import { oneLine, reasonOf } from '../reason.ts';
import { doesNot, works } from '../result.ts';

/** Destroys all that the jobs before deployed. */
export const destroy: Job = {
  name: 'destroy',
  group: 'destroy',
  rows: ['destroy', 'nothing-left'],
  run: async ({ npm, reach }) => {
    const ended = await npm('cdk', 'destroy', '--force', '*/*');
    const left = await leftAt(reach);
    return {
      destroy: ended.code === 0 ? works : doesNot(reasonOf(ended)),
      'nothing-left': left.length === 0 ? works : doesNot(oneLine(`left: ${left.join(', ')}`)),
    };
  },
};
