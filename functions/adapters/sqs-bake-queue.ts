import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { BakeTicket } from '../domain/order.ts';
import type { BakeQueue } from '../domain/ports.ts';

/** The bake queue in SQS: a ticket is a message, its body the ticket as JSON. */
export class SqsBakeQueue implements BakeQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async put(ticket: BakeTicket): Promise<void> {
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody: JSON.stringify(ticket) }));
  }
}
