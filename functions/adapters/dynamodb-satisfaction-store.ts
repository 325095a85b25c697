import { setTimeout as wait } from 'node:timers/promises';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';
import type { SatisfactionStore } from '../domain/ports.ts';
import type { BakedNotice } from '../domain/satisfaction.ts';
import { satisfactionTable } from './contract.ts';

type Writes = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/** The most that DynamoDB writes at once. */
const batchSize = 25;

/** How often what DynamoDB leaves undone is tried again, after a pause that grows from one time to the next. */
const tries = 8;
const firstPauseMs = 25;

/** DynamoDB went on leaving writes undone. Nothing is lost: keeping the same notices again is the same. */
export class SatisfactionStoreBusy extends Error {
  override readonly name = 'SatisfactionStoreBusy';

  constructor(undone: number) {
    super(`${undone} notices were not written after ${tries} tries`);
  }
}

/** Notices in a DynamoDB table, an item each, by the id of their event: written twice, one is still one. */
export class DynamoDbSatisfactionStore implements SatisfactionStore {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  /** @throws SatisfactionStoreBusy; some of the notices may be kept then, or where the table cannot be reached. */
  async keep(notices: readonly BakedNotice[]): Promise<void> {
    // DynamoDB refuses a batch that has the same key twice.
    const byEvent = new Map(notices.map((notice) => [notice.eventId, notice]));
    const writes: Writes = [...byEvent.values()].map(({ eventId, ...facts }) => ({
      PutRequest: { Item: { [satisfactionTable.partitionKey]: eventId, ...facts } },
    }));
    for (let start = 0; start < writes.length; start += batchSize) {
      await this.#write(writes.slice(start, start + batchSize));
    }
  }

  async *pages(): AsyncGenerator<readonly BakedNotice[]> {
    const scan = paginateScan({ client: this.#documents }, { TableName: this.#table, ConsistentRead: true });
    for await (const { Items = [] } of scan) {
      yield Items as BakedNotice[];
    }
  }

  async #write(batch: Writes): Promise<void> {
    let undone = batch;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (attempt > 0) {
        await wait(Math.random() * firstPauseMs * 2 ** attempt);
      }
      const { UnprocessedItems } = await this.#documents.send(
        new BatchWriteCommand({ RequestItems: { [this.#table]: undone } }),
      );
      undone = UnprocessedItems?.[this.#table] ?? [];
      if (undone.length === 0) {
        return;
      }
    }
    throw new SatisfactionStoreBusy(undone.length);
  }
}
