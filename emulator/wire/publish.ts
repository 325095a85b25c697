import type * as sns from '@aws-sdk/client-sns';
import type { Call } from './operation.ts';

/**
 * Publishes to a topic: what services need of SNS, which most people never use. SNS is loaded when this is first called. Rejects as
 * SNS does.
 */
export type Publish = (
  message: Pick<sns.PublishInput, 'TopicArn' | 'Message' | 'Subject' | 'MessageAttributes'>,
  call?: Call,
) => Promise<unknown>;

/** Where there is no SNS. */
export const noTopics: Publish = () => Promise.reject(new Error('There are no topics here.'));
