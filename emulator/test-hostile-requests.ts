import { HOSTILE_BODIES } from './test-hostile-bodies.ts';
import { HOSTILE_DATA } from './test-hostile-data.ts';
import { HOSTILE_TEMPLATES } from './test-hostile-templates.ts';
import type { HostileRequest } from './test-wire-calls.ts';

/** Each is one way in which a request once kept everybody else waiting, or used up the stack. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [...HOSTILE_BODIES, ...HOSTILE_DATA, ...HOSTILE_TEMPLATES];
