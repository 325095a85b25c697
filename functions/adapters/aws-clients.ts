import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * How every client calls AWS. A handler makes each client once, outside of its function, so that connections are kept
 * open from one invocation to the next. Where AWS is, and as whom it is called, the SDK reads from the environment.
 *
 * A call that hangs is given up and tried again (twice, by the SDK's default) while the function still has time to say so;
 * by default the SDK would wait for ever.
 */
const calls = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

export function createDynamoDb(): DynamoDBClient {
  return new DynamoDBClient(calls);
}

/** The same client, for plain objects instead of DynamoDB's attribute values. */
export function documentsOf(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * By default the SDK calls the host in the queue's URL, which is how SQS was addressed long ago; then a queue would not be
 * reached where the configured endpoint is.
 */
export function createSqs(): SQSClient {
  return new SQSClient({ ...calls, useQueueUrlAsEndpoint: false });
}

export function createSsm(): SSMClient {
  return new SSMClient(calls);
}

export function createSecretsManager(): SecretsManagerClient {
  return new SecretsManagerClient(calls);
}
