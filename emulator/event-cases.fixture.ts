import type { Case } from './event-cases/case.fixture.ts';
import { data } from './event-cases/data.fixture.ts';
import { functions } from './event-cases/functions.fixture.ts';
import { stacks } from './event-cases/stacks.fixture.ts';

/** Cases of every type of event. */
export const cases: readonly Case[] = [...functions, ...data, ...stacks];
