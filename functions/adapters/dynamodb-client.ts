import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientCalls } from './client-calls.ts';

export function createDynamoDb(): DynamoDBClient {
  return new DynamoDBClient(clientCalls);
}

/** The same client, for plain objects instead of DynamoDB's attribute values. */
export function documentsOf(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
