import { dynamodb } from './samples/test-dynamodb.ts';
import { eventsAndLogs } from './samples/test-events-and-logs.ts';
import { lambda } from './samples/test-lambda.ts';
import { s3 } from './samples/test-s3.ts';
import { secretsAndRoles } from './samples/test-secrets-and-roles.ts';
import { sqsOf } from './samples/test-sqs.ts';
import { stacks } from './samples/test-stacks.ts';

/** Good inputs of operations that take much: what is wrong with one of them gets far into its handler. */
export function samplesOf(endpoint: string): readonly (readonly [operation: string, input: unknown])[] {
  const queue = sqsOf(`${endpoint}/000000000000/fz`);
  return [...dynamodb, ...queue, ...s3, ...lambda, ...eventsAndLogs, ...stacks, ...secretsAndRoles];
}
