import { expect, test } from 'vitest';
import { State } from './live-view/state.js';
import type { ActivityEvent, RegionState } from './wire/activity/event.ts';

const here = { id: 'r-1', time: 0, region: 'eu-west-1' };
const region: RegionState = { name: 'eu-west-1', functions: [], queues: [], tables: [], rules: [], stacks: [] };
const snapshot = (more: Partial<RegionState> = {}) => ({
  version: 1 as const,
  time: 0,
  regions: [{ ...region, ...more }],
});
const environment = { function: 'f', version: '1', environment: 'e' };

function stateAfter(...events: readonly (ActivityEvent | object)[]) {
  const state = new State();
  state.begin(snapshot({ functions: [{ name: 'f', environments: [] }] }));
  for (const event of events) {
    state.apply({ ...here, ...event } as ActivityEvent);
  }
  return state;
}

test('an environment goes from starting to its end', () => {
  const started = { type: 'environment.started', ...environment };
  const busy = { type: 'environment.busy', ...environment, requestId: 'r' };
  const ended = { type: 'environment.ended', ...environment, reason: 'timedOut', detail: '' };
  const of = (state: State) => state.resources.functions.get('eu-west-1 f');
  expect(of(stateAfter(started))?.environments).toEqual(new Map([['e', 'starting']]));
  expect(of(stateAfter(started, busy))?.environments).toEqual(new Map([['e', 'busy']]));
  const after = of(stateAfter(started, busy, ended));
  expect(after?.environments).toEqual(new Map());
  expect(after?.lastEnd).toBe('timed out');
});

test('an environment that outlives its function does not bring it back', () => {
  const state = stateAfter(
    { type: 'resource.deleted', kind: 'function', name: 'f' },
    { type: 'invocation.ended', ...environment, requestId: 'r', coldStart: true, durationMs: 1, outcome: 'success' },
    { type: 'environment.ended', ...environment, reason: 'shutDown', detail: '' },
  );
  expect(state.resources.functions.size).toBe(0);
});

test('a snapshot that comes again sets what is there, and what was counted stays', () => {
  const counts = { visible: 1, delayed: 0, inFlight: 0 };
  const returned = { type: 'message.returned', queue: 'q', messageId: 'm', counts, reason: 'timeoutEnded' };
  const state = stateAfter(
    { type: 'resource.created', kind: 'queue', name: 'q' },
    { type: 'resource.created', kind: 'queue', name: 'gone' },
    returned,
  );
  state.begin(snapshot({ queues: [{ name: 'q', counts: { visible: 7, delayed: 0, inFlight: 2 } }] }));
  expect([...state.resources.queues.keys()]).toEqual(['eu-west-1 q']);
  expect(state.resources.queues.get('eu-west-1 q')).toMatchObject({ returned: 1, counts: { visible: 7, inFlight: 2 } });
  expect(state.resources.functions.size).toBe(0);
});

test('an event of a type that is not known changes nothing', () => {
  expect(stateAfter({ type: 'oven.heated', degrees: 200 })).toEqual(stateAfter());
});

test('a page that is left open does not grow', () => {
  const state = stateAfter();
  for (let n = 0; n < 20_000; n++) {
    const requestId = String(n);
    const of = { ...environment, environment: requestId };
    const item = { table: 't', key: { id: requestId }, items: 1 };
    for (const event of [
      { type: 'environment.started', ...of },
      { type: 'invocation.ended', ...of, requestId, coldStart: true, durationMs: 1, outcome: 'success' },
      { type: 'environment.ended', ...of, reason: 'scaledIn', detail: '' },
      { type: 'log.line', group: 'g', stream: 's', message: requestId },
      { type: 'item.written', ...item, created: true },
      { type: 'fault.applied', fault: { kind: 'kill', function: 'f', environment: requestId } },
    ]) {
      state.apply({ ...here, ...event } as ActivityEvent);
    }
  }
  const shown = state.resources.functions.get('eu-west-1 f');
  expect(shown).toMatchObject({ invocations: 20_000, environments: new Map() });
  expect(shown?.last.length).toBeLessThan(10);
  expect(state.lines.length).toBeLessThanOrEqual(500);
  expect(state.lines.at(-1)?.text).toBe('19999');
  expect(state.faults.length).toBeLessThanOrEqual(50);
});
