import { expect } from 'vitest';
import { breaks, type Case } from './case.fixture.ts';

/** Of logs, rules, stacks and calls. */
export const stacks: readonly Case[] = [
  {
    what: 'a log line of any length',
    does: async ({ logs }) => {
      await logs.createLogGroup({ logGroupName: 'g' });
      await logs.createLogStream({ logGroupName: 'g', logStreamName: 's' });
      const logEvents = [{ timestamp: Date.now(), message: 'x'.repeat(5000) }];
      await logs.putLogEvents({ logGroupName: 'g', logStreamName: 's', logEvents });
    },
    seen: [{ type: 'log.line', group: 'g', stream: 's', message: `${'x'.repeat(1023)}…` }],
  },
  {
    what: 'a rule that is made, disabled and enabled, and fires',
    does: async ({ events, queue }) => {
      const { arn: Arn } = await queue('q');
      await events.putRule({ Name: 'r', EventPattern: JSON.stringify({ source: ['shop'] }) });
      await events.putTargets({ Rule: 'r', Targets: [{ Id: 't', Arn }] });
      await events.disableRule({ Name: 'r' });
      await events.enableRule({ Name: 'r' });
      await events.putEvents({ Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{}' }] });
      await events.removeTargets({ Rule: 'r', Ids: ['t'] });
      await events.deleteRule({ Name: 'r' });
    },
    seen: [
      { type: 'resource.created', kind: 'rule', name: 'r', bus: 'default' },
      {
        type: 'rule.fired',
        ...{ rule: 'r', bus: 'default', eventId: expect.any(String), source: 'shop', detailType: 'Sold' },
        targets: ['arn:aws:sqs:eu-west-1:000000000000:q'],
      },
      { type: 'message.sent', queue: 'q' },
      { type: 'rule.changed', rule: 'r', bus: 'default', enabled: true, targets: [] },
      { type: 'rule.changed', rule: 'r', bus: 'default', enabled: false, targets: [expect.stringMatching(/:q$/)] },
      { type: 'resource.deleted', kind: 'rule', name: 'r', bus: 'default' },
    ],
  },
  {
    what: 'a stack that is made and deleted',
    does: async ({ createStack, deleteStack }) => {
      const TemplateBody = JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
      await createStack('s', { TemplateBody });
      await deleteStack('s');
    },
    seen: [
      { type: 'stack.changed', stack: 's', status: 'CREATE_IN_PROGRESS' },
      {
        type: 'stack.resourceChanged',
        ...{ stack: 's', logicalId: 'Q', resourceType: 'AWS::SQS::Queue', status: 'CREATE_COMPLETE' },
        physicalId: expect.stringContaining('/s-Q-'),
      },
      { type: 'stack.changed', stack: 's', status: 'CREATE_COMPLETE' },
      { type: 'stack.resourceChanged', stack: 's', logicalId: 'Q', status: 'DELETE_COMPLETE' },
      { type: 'stack.changed', stack: 's', status: 'DELETE_COMPLETE' },
    ],
  },
  {
    what: 'a stack that fails',
    does: ({ createStack }) =>
      createStack('s', {
        TemplateBody: JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: '!' } } } }),
      }),
    seen: [
      {
        type: 'stack.resourceChanged',
        logicalId: 'Q',
        status: 'CREATE_FAILED',
        reason: expect.stringContaining('alphanumeric'),
      },
      { type: 'stack.changed', stack: 's', status: 'ROLLBACK_COMPLETE' },
    ],
  },
  {
    what: 'calls that fail',
    does: async (endpoint) => {
      await endpoint.queue('q');
      const fault = { call: 'sqs:ListQueues', times: 2, fail: 'ServiceUnavailable' };
      const { id } = await breaks(endpoint, 'POST', 'calls', fault);
      await expect(endpoint.sqs.listQueues({})).rejects.toThrow('fault port');
      await breaks(endpoint, 'DELETE', `calls/${id}`);
    },
    seen: [
      { type: 'fault.set', region: null, fault: { kind: 'calls', call: 'sqs:ListQueues', times: 2 } },
      {
        type: 'fault.applied',
        region: null,
        fault: { kind: 'calls', call: 'sqs:ListQueues', fail: 'ServiceUnavailable' },
      },
      { type: 'fault.removed', region: null, fault: { kind: 'calls', call: 'sqs:ListQueues', times: 1 } },
    ],
  },
];
