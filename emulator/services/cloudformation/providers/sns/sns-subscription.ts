import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** The attributes, with what a subscription has where a template no longer says. */
const attributeDefaults = {
  DeliveryPolicy: '',
  FilterPolicyScope: 'MessageAttributes',
  FilterPolicy: '',
  RawMessageDelivery: 'false',
  RedrivePolicy: '',
  SubscriptionRoleArn: '',
};
const attributeNames = Object.keys(attributeDefaults);
const documents = ['DeliveryPolicy', 'FilterPolicy', 'RedrivePolicy'];

/** Source: CloudFormation User Guide, "AWS::SNS::Subscription". `Ref` is the subscription's ARN. */
export function snsSubscription(sns: ServiceOperations['sns']): ResourceProvider {
  return {
    type: 'AWS::SNS::Subscription',
    properties: {
      DeliveryPolicy: 'in place',
      Endpoint: 'replacement',
      FilterPolicy: 'in place',
      FilterPolicyScope: 'in place',
      Protocol: 'replacement',
      RawMessageDelivery: 'in place',
      RedrivePolicy: 'in place',
      Region: 'in place',
      SubscriptionRoleArn: 'in place',
      TopicArn: 'replacement',
    },
    shortfallOf: ({ Protocol }) =>
      String(Protocol).startsWith('email') ? 'Recorded only: this endpoint sends no e-mails.' : undefined,
    create: async ({ TopicArn, Protocol, Endpoint, ...properties }) => {
      const { SubscribeCommand } = await import('@aws-sdk/client-sns');
      const Attributes = attributesOf(properties);
      const input = apiInput(SubscribeCommand, {
        TopicArn,
        Protocol,
        Endpoint,
        Attributes,
        ReturnSubscriptionArn: true,
      });
      const { SubscriptionArn = '' } = await (await sns()).Subscribe(input, internalCall());
      return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
    },
    update: async (subscription, properties, previous) => {
      if (isChanged(previous, properties, attributeNames)) {
        const operations = await sns();
        const attributes = attributesOf(withDefaults(previous, properties, attributeDefaults));
        for (const [AttributeName, value] of inOrder(attributes)) {
          const AttributeValue = textOf(value, `#/${AttributeName}`);
          const input = { SubscriptionArn: subscription.physicalId, AttributeName, AttributeValue };
          await operations.SetSubscriptionAttributes(input, internalCall());
        }
      }
      return subscription;
    },
    delete: ({ physicalId: SubscriptionArn }) =>
      unlessGone(async () => (await sns()).Unsubscribe({ SubscriptionArn }, internalCall())),
  };
}

/** A policy that nests is set after the scope that allows it, and taken away before. */
function inOrder(attributes: Properties): [string, unknown][] {
  const entries = Object.entries(attributes);
  const isScope = ([name]: [string, unknown]) => name === 'FilterPolicyScope';
  const scopes = entries.filter(isScope);
  const others = entries.filter((entry) => !isScope(entry));
  return attributes['FilterPolicyScope'] === 'MessageBody' ? [...scopes, ...others] : [...others, ...scopes];
}

function attributesOf(properties: Properties): Properties {
  const attributes = Object.entries(pick(properties, attributeNames));
  return Object.fromEntries(
    attributes.map(([name, value]) => [name, documents.includes(name) ? documentOf(value) : value]),
  );
}
