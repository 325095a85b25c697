import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A function that has the clients of most functions, and does nothing with them: what it takes to start is the SDK's. */
const clients = [DynamoDBDocumentClient.from(new DynamoDBClient()), new SQSClient()];

export const handler = async (): Promise<{ clients: number }> => ({ clients: clients.length });
