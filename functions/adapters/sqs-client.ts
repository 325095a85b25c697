import { SQSClient } from '@aws-sdk/client-sqs';
import { clientCalls } from './client-calls.ts';

/**
 * By default the SDK calls the host in the queue's URL, which is how SQS was addressed long ago; then a queue would not be
 * reached where the configured endpoint is.
 */
export function createSqs(): SQSClient {
  return new SQSClient({ ...clientCalls, useQueueUrlAsEndpoint: false });
}
