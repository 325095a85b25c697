import { expect } from 'vitest';
import { breaks, type Case, count, environment, obeys } from './case.fixture.ts';

/** Of functions and their environments. */
export const functions: readonly Case[] = [
  {
    what: 'a function that is made, invoked and deleted',
    does: async ({ deploy, invoke, lambda }) => {
      await deploy('f', obeys);
      await invoke('f');
      await invoke('f');
      await lambda.deleteFunction({ FunctionName: 'f' });
    },
    seen: [
      { type: 'resource.created', kind: 'function', name: 'f' },
      { type: 'environment.started', function: 'f', version: '$LATEST', environment },
      { type: 'environment.idle', function: 'f', environment },
      { type: 'environment.busy', function: 'f', environment, requestId: expect.any(String) },
      { type: 'invocation.ended', function: 'f', environment, coldStart: true, durationMs: count, outcome: 'success' },
      { type: 'invocation.ended', function: 'f', environment, coldStart: false, durationMs: count, outcome: 'success' },
      { type: 'environment.ended', function: 'f', environment, reason: 'shutDown' },
      {
        type: 'log.line',
        group: '/aws/lambda/f',
        stream: expect.stringContaining('[$LATEST]'),
        message: expect.stringMatching(/hello$/),
      },
      { type: 'resource.deleted', kind: 'function', name: 'f' },
    ],
  },
  {
    what: 'a function that throws',
    does: async ({ deploy, invoke }) => {
      await deploy('f', obeys);
      await invoke('f', { does: 'throw' });
    },
    seen: [{ type: 'invocation.ended', outcome: 'error', errorType: 'TypeError' }],
    unseen: ['environment.ended'],
  },
  {
    what: 'a function that takes too long',
    does: async ({ deploy, invoke }) => {
      await deploy('f', obeys, { Timeout: 1 });
      await invoke('f', { does: 'wait' });
    },
    seen: [
      { type: 'invocation.ended', outcome: 'timeout', errorType: 'Sandbox.Timedout' },
      { type: 'environment.ended', reason: 'timedOut' },
    ],
  },
  {
    what: 'a function that ends its own process',
    does: async ({ deploy, invoke }) => {
      await deploy('f', obeys);
      await invoke('f', { does: 'exit' });
    },
    seen: [
      { type: 'invocation.ended', outcome: 'failure', errorType: 'Runtime.ExitError' },
      { type: 'environment.ended', reason: 'crashed', detail: 'Runtime exited with error: exit status 3' },
    ],
  },
  {
    what: 'a function that cannot be loaded',
    does: async ({ deploy, invoke }) => {
      await deploy('f', 'throw new RangeError("no");');
      await invoke('f');
    },
    seen: [
      { type: 'invocation.ended', coldStart: true, outcome: 'error', errorType: 'RangeError' },
      { type: 'environment.ended', reason: 'crashed' },
    ],
  },
  {
    what: 'an environment that is killed, and one at work',
    does: async (endpoint) => {
      await endpoint.deploy('f', obeys);
      await endpoint.invoke('f');
      await breaks(endpoint, 'POST', 'kill', { function: 'f' });
      await breaks(endpoint, 'POST', 'kill-at-work', { function: 'f', times: 2 });
      await endpoint.invoke('f');
      await breaks(endpoint, 'DELETE', 'kill-at-work/f');
    },
    seen: [
      { type: 'fault.applied', fault: { kind: 'kill', function: 'f', environment } },
      { type: 'environment.ended', reason: 'killed', detail: 'Runtime exited with error: signal: killed' },
      { type: 'fault.set', fault: { kind: 'kill-at-work', function: 'f', times: 2 } },
      { type: 'fault.applied', fault: { kind: 'kill-at-work', function: 'f', environment } },
      { type: 'fault.removed', fault: { kind: 'kill-at-work', function: 'f', times: 1 } },
    ],
  },
];
