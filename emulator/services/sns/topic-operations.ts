import type * as sns from '@aws-sdk/client-sns';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter } from './errors.ts';
import { isObject, parsedJson } from './json.ts';
import { pageOf } from './paging.ts';
import { addTags } from './tag-operations.ts';
import type { Topics } from './topics.ts';

/** Topics. A policy is kept, and not enforced. */
export function topicOperations(topics: Topics) {
  const { accountId } = topics.region;
  const policyOf = (topicArn: string | undefined) => {
    const topic = topics.get(topicArn);
    // A policy may be taken away, and may have one statement in the place of a list.
    const document = parsedJson(topic.get('Policy'));
    const policy = isObject(document) ? document : {};
    return { topic, policy, statements: [policy['Statement'] ?? []].flat().filter(isObject) };
  };
  return {
    CreateTopic: ({ Name = '', Attributes = {}, Tags = [], DataProtectionPolicy }) => {
      const topic = topics.create(Name, {
        ...Attributes,
        ...(DataProtectionPolicy !== undefined && { DataProtectionPolicy }),
      });
      addTags(topic, Tags);
      return { TopicArn: topic.arn };
    },
    DeleteTopic: ({ TopicArn }) => {
      topics.delete(TopicArn);
      return {};
    },
    GetTopicAttributes: ({ TopicArn }) => ({ Attributes: topics.get(TopicArn).describe(accountId) }),
    SetTopicAttributes: ({ TopicArn, AttributeName = '', AttributeValue = '' }) => {
      topics.get(TopicArn).set(AttributeName, AttributeValue);
      return {};
    },
    ListTopics: ({ NextToken }) => {
      const { items, ...next } = pageOf(topics.all(), ({ arn }) => arn, NextToken);
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...next };
    },
    GetDataProtectionPolicy: ({ ResourceArn }) => ({
      DataProtectionPolicy: topics.get(ResourceArn).get('DataProtectionPolicy'),
    }),
    PutDataProtectionPolicy: ({ ResourceArn, DataProtectionPolicy = '' }) => {
      topics.get(ResourceArn).set('DataProtectionPolicy', DataProtectionPolicy);
      return {};
    },
    AddPermission: ({ TopicArn, Label, AWSAccountId = [], ActionName = [] }) => {
      const { topic, policy, statements } = policyOf(TopicArn);
      if (statements.some(({ Sid }) => Sid === Label)) {
        throw invalidParameter('Statement already exists');
      }
      const statement = {
        Sid: Label,
        Effect: 'Allow',
        Principal: { AWS: AWSAccountId.map((id) => `arn:aws:iam::${id}:root`) },
        Action: ActionName.map((action) => `SNS:${action}`),
        Resource: topic.arn,
      };
      topic.set('Policy', JSON.stringify({ ...policy, Statement: [...statements, statement] }));
      return {};
    },
    RemovePermission: ({ TopicArn, Label }) => {
      const { topic, policy, statements } = policyOf(TopicArn);
      const Statement = statements.filter(({ Sid }) => Sid !== Label);
      topic.set('Policy', JSON.stringify({ ...policy, Statement }));
      return {};
    },
  } satisfies Handlers<typeof sns>;
}
