import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { BakeMessage } from '../../../../functions/baking/bake-batch.ts';
import { readTicket } from '../../../../functions/baking/schema.ts';
import { UnreadableTicket } from '../../../../functions/domain/errors.ts';

/** Has a handler of messages put those aside at once that nobody can read: no other try would read them. */
export function putUnreadableAside(
  handle: (message: BakeMessage) => Promise<void>,
  { sqs, queueUrl }: { readonly sqs: SQSClient; readonly queueUrl: string },
): (message: BakeMessage) => Promise<void> {
  return async (message) => {
    if (isReadable(message)) {
      await handle(message);
    } else {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: message.body }));
    }
  };
}

function isReadable({ body }: BakeMessage): boolean {
  try {
    readTicket(body);
    return true;
  } catch (error) {
    if (error instanceof UnreadableTicket) {
      return false;
    }
    throw error;
  }
}
