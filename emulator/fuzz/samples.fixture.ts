import { dynamodb } from './samples/dynamodb.fixture.ts';
import { eventsAndLogs } from './samples/events-and-logs.fixture.ts';
import { lambda } from './samples/lambda.fixture.ts';
import { s3 } from './samples/s3.fixture.ts';
import { secretsAndRoles } from './samples/secrets-and-roles.fixture.ts';
import { sqsOf } from './samples/sqs.fixture.ts';
import { stacks } from './samples/stacks.fixture.ts';
import { topicsAndApis } from './samples/topics-and-apis.fixture.ts';

/** Good inputs of operations that take much: what is wrong with one of them gets far into its handler. */
export function samplesOf(endpoint: string): readonly (readonly [operation: string, input: unknown])[] {
  const queue = sqsOf(`${endpoint}/000000000000/fz`);
  return [...dynamodb, ...queue, ...s3, ...lambda, ...eventsAndLogs, ...stacks, ...secretsAndRoles, ...topicsAndApis];
}
