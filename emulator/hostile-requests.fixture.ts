import { HOSTILE_BODIES } from './hostile-bodies.fixture.ts';
import { HOSTILE_DATA } from './hostile-data.fixture.ts';
import { HOSTILE_TEMPLATES } from './hostile-templates.fixture.ts';
import type { HostileRequest } from './wire-calls.fixture.ts';

/** Each is one way in which a request once kept everybody else waiting, or used up the stack. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [...HOSTILE_BODIES, ...HOSTILE_DATA, ...HOSTILE_TEMPLATES];
