import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { Region } from '../../wire/operation.ts';
import type { Message } from './message.ts';
import { confirmUrl, unsubscribeUrl } from './page.ts';
import type { Subscription } from './subscription.ts';

/** Nothing here has AWS's key, so no signature is one that a subscriber could verify. */
const signature = Buffer.from('This endpoint signs no messages.').toString('base64');

/** A message around which SNS puts where it comes from. Source: SNS Developer Guide, "Amazon SNS message and JSON formats". */
export function notificationOf(message: Message, subscription: Subscription, region: Region) {
  return {
    Type: 'Notification',
    MessageId: message.id,
    ...(message.sequenceNumber && { SequenceNumber: message.sequenceNumber }),
    TopicArn: message.topicArn,
    ...(message.subject && { Subject: message.subject }),
    Message: message.bodyFor(subscription.protocol),
    Timestamp: message.time.toISOString(),
    SignatureVersion: '1',
    Signature: signature,
    SigningCertURL: certificateUrl(region),
    UnsubscribeURL: unsubscribeUrl(region, subscription.arn),
    ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: attributesOf(message) }),
  };
}

/** The event of a function. Source: Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications". */
export function lambdaEventOf(message: Message, subscription: Subscription, region: Region) {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId: message.id,
          TopicArn: message.topicArn,
          Subject: message.subject ?? null,
          Message: message.bodyFor('lambda'),
          Timestamp: message.time.toISOString(),
          SignatureVersion: '1',
          Signature: signature,
          SigningCertUrl: certificateUrl(region),
          UnsubscribeUrl: unsubscribeUrl(region, subscription.arn),
          MessageAttributes: attributesOf(message),
        },
      },
    ],
  };
}

/** What asks an HTTP endpoint to confirm that it wants the messages. */
export function confirmationOf({ topicArn, token }: Subscription, id: string, region: Region) {
  return {
    Type: 'SubscriptionConfirmation',
    MessageId: id,
    Token: token,
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: confirmUrl(region, topicArn, token),
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
    Signature: signature,
    SigningCertURL: certificateUrl(region),
  };
}

const certificateUrl = ({ endpoint }: Region): string => `${endpoint}/SimpleNotificationService.pem`;

const attributesOf = ({ attributes }: Message) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]));

const attributeOf = ({ DataType, StringValue, BinaryValue }: MessageAttributeValue) => ({
  Type: DataType,
  Value: StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64'),
});
