import type { BreakableRegion, FaultPort } from './faults.ts';
import type { Activity } from './wire/activity/activity.ts';
import { onDemand } from './wire/on-demand.ts';

const path = '/_emulator/faults/';

/**
 * The fault port, loaded when it is first asked for: what it needs to check its requests is a tenth of what the endpoint
 * loads.
 * @param regions those that are in use
 */
export function faultPort(regions: () => readonly BreakableRegion[], activity: Activity): FaultPort {
  const port = onDemand(async () => (await import('./faults.ts')).createFaults(path, regions, activity));
  return {
    page: { path, answer: async (request) => (await port()).page.answer(request) },
    beforeCall: async (...called) => (await port.made)?.beforeCall(...called),
  };
}
