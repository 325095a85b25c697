import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { documentOf, textsOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::SNS::TopicPolicy". One policy for several topics, which then have no other. */
export function snsTopicPolicy(sns: ServiceOperations['sns']): ResourceProvider {
  const setPolicy = async (TopicArn: string, AttributeValue: string) =>
    (await sns()).SetTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue }, internalCall());
  const clear = async (topics: readonly string[]) => {
    for (const topic of topics) {
      await unlessGone(() => setPolicy(topic, ''));
    }
  };
  const put = async ({ PolicyDocument, Topics }: Properties) => {
    for (const topic of topicsOf(Topics)) {
      await setPolicy(topic, documentOf(PolicyDocument) ?? '');
    }
  };
  return {
    type: 'AWS::SNS::TopicPolicy',
    properties: { PolicyDocument: 'in place', Topics: 'in place' },
    create: async (properties, { physicalName }) => {
      await put(properties);
      const Id = physicalName(128);
      return { physicalId: Id, attributes: { Id } };
    },
    update: async (policy, properties, previous) => {
      await put(properties);
      const wanted = topicsOf(properties['Topics']);
      await clear(topicsOf(previous['Topics']).filter((topic) => !wanted.includes(topic)));
      return policy;
    },
    delete: (_policy, { Topics }) => clear(topicsOf(Topics)),
  };
}

const topicsOf = (topics: unknown): string[] => textsOf(topics, '#/Topics');
