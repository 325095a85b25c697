import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** For tests: has the endpoint do a client's next call of a kind, and loses the answer on the way. The SDK tries again. */
export function loseAnswer(client: DynamoDBClient, commandName: string): void {
  let isLost = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context.commandName === commandName && !isLost) {
        isLost = true;
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      }
      return answer;
    },
    // Below the SDK's own retries.
    { step: 'finalizeRequest', priority: 'low', name: 'loseAnswer', override: true },
  );
}
