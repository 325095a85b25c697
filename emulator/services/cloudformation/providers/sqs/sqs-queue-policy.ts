import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { documentOf, textsOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::SQS::QueuePolicy". One policy for several queues, which then have no other. */
export function sqsQueuePolicy(sqs: ServiceOperations['sqs']): ResourceProvider {
  const setPolicy = (QueueUrl: string, Policy: string) =>
    sqs.SetQueueAttributes({ QueueUrl, Attributes: { Policy } }, internalCall());
  const clear = async (queues: readonly string[]) => {
    for (const queue of queues) {
      await unlessGone(() => setPolicy(queue, ''));
    }
  };
  const put = async ({ PolicyDocument, Queues }: Properties) => {
    for (const queue of queuesOf(Queues)) {
      await setPolicy(queue, documentOf(PolicyDocument) ?? '');
    }
  };

  return {
    type: 'AWS::SQS::QueuePolicy',
    properties: { PolicyDocument: 'in place', Queues: 'in place' },
    create: async (properties, { physicalName }) => {
      await complete(
        () => put(properties),
        () => clear(queuesOf(properties['Queues'])),
      );
      const Id = physicalName(128);
      return { physicalId: Id, attributes: { Id } };
    },
    update: async (policy, properties, previous) => {
      await put(properties);
      const wanted = queuesOf(properties['Queues']);
      await clear(queuesOf(previous['Queues']).filter((queue) => !wanted.includes(queue)));
      return policy;
    },
    delete: (_policy, { Queues }) => clear(queuesOf(Queues)),
  };
}

const queuesOf = (queues: unknown): string[] => textsOf(queues, '#/Queues');
