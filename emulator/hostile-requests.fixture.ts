import { hostileBodies } from './hostile-bodies.fixture.ts';
import { hostileData } from './hostile-data.fixture.ts';
import { hostileTemplates } from './hostile-templates.fixture.ts';
import type { HostileRequest } from './wire-calls.fixture.ts';

/** Each is one way in which a request once kept everybody else waiting, or used up the stack. */
export const hostileRequests: readonly HostileRequest[] = [...hostileBodies, ...hostileData, ...hostileTemplates];
