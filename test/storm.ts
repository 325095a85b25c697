import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, vi } from 'vitest';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import type { FactoryOutputs } from '../client/factory/deployed-factory.ts';
import { documentsOf } from '../functions/adapters/dynamodb-client.ts';
import { DynamoDbPastOrders } from '../functions/adapters/dynamodb-past-orders.ts';
import { SqsBakeQueue } from '../functions/adapters/sqs-bake-queue.ts';
import { cleanUp } from '../functions/cleanup/clean-up.ts';
import type { FactoryEvent } from '../functions/domain/journal.ts';
import { JournalInMemory, noHurry } from '../functions/domain/kitchen.fixture.ts';
import type { Order } from '../functions/domain/order.ts';
import { faultsAt } from '../workshop/experiment/fault-port.ts';
import { eventsOf, logGroupsOf } from '../workshop/experiment/function-log.ts';

/** A small storm over a deployed factory, with the same faults each time, and what must be true when it is over. */

const customerCount = 60;
const killsOfEach = 4;
const duplicates = 20;
const failingCalls = 6;

/** As long as a slow machine may take to start functions anew, and to hand out again what a killed one had in hand. */
const patience = { timeout: 60_000, interval: 100 };

/**
 * Customers order all at once, with an idempotency key each, and go on trying until they are answered; meanwhile processes
 * are killed with work in hand, calls fail, and messages come twice. Every second customer asks for the answer again.
 */
export async function placeInStorm(endpoint: string, factory: FactoryOutputs): Promise<readonly Order[]> {
  const { BakingFunction = '', OrderingFunction = '', BakeQueueUrl = '' } = factory;
  const faults = faultsAt(endpoint);
  await Promise.all([
    faults.killAtWork(BakingFunction, killsOfEach),
    faults.killAtWork(OrderingFunction, killsOfEach),
    faults.deliverTwice(BakeQueueUrl, duplicates),
    ...['dynamodb:PutItem', 'dynamodb:UpdateItem', 'sqs:SendMessage'].map((call) =>
      faults.breakCalls({ call, times: failingCalls, fail: 'ServiceUnavailable' }),
    ),
  ]);
  return await Promise.all(
    Array.from({ length: customerCount }, async (_, index) => {
      const key = `storm-${index}`;
      const order = await untilAnswered(factory.OrderingUrl, key, index);
      if (index % 2 === 0) {
        expect(await untilAnswered(factory.OrderingUrl, key, index)).toEqual(order);
      }
      return order;
    }),
  );
}

async function untilAnswered(url: string, key: string, index: number): Promise<Order> {
  const body = JSON.stringify({ customer: key, items: [{ recipe: 'raisin', quantity: 1 + (index % 6) }] });
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return await vi.waitFor(async () => {
    const response = await fetch(new URL('/orders', url), { method: 'POST', headers, body });
    const text = await response.text();
    expect(response.status, text).toBe(202);
    return JSON.parse(text) as Order;
  }, patience);
}

/**
 * Does what the cleanup process does every few minutes, without waiting for them: puts on the queue what a function that ran
 * out of its time has stored and not queued. Returns the events in which it says so.
 */
export async function sweepUp(endpoint: string, factory: FactoryOutputs): Promise<readonly FactoryEvent[]> {
  const { BakeQueueUrl = '', OrderTable = '' } = factory;
  const dynamoDb = new DynamoDBClient(clientConfiguration(endpoint));
  const sqs = new SQSClient({ ...clientConfiguration(endpoint), useQueueUrlAsEndpoint: false });
  const journal = new JournalInMemory();
  const week = 7 * 24 * 60;
  await cleanUp(
    { dryRun: false },
    {
      orders: new DynamoDbPastOrders(documentsOf(dynamoDb), OrderTable),
      bakeQueue: new SqsBakeQueue(sqs, BakeQueueUrl),
      retention: { keepBakedMinutes: week, expireMinutes: week, requeueMinutes: 0 },
      journal,
      clock: () => new Date(),
    },
    noHurry,
  );
  dynamoDb.destroy();
  sqs.destroy();
  return journal.events;
}

/** Waits until nothing is left on the bake queue, and says how many dead letters there are. */
export async function countDeadLetters(endpoint: string, factory: FactoryOutputs): Promise<number> {
  const sqs = new SQSClient({ ...clientConfiguration(endpoint), useQueueUrlAsEndpoint: false });
  const depthOf = async (QueueUrl: string | undefined) => {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } = Attributes;
    return Number(visible) + Number(hidden);
  };
  try {
    await vi.waitFor(async () => expect(await depthOf(factory['BakeQueueUrl'])).toBe(0));
    return await depthOf(factory['BakeDeadLetterQueueUrl']);
  } finally {
    sqs.destroy();
  }
}

/** What the log of a function says of orders under an event's name: the ids of the events, by order. */
export async function eventIdsOf(
  endpoint: string,
  functionName: string,
  event: string,
): Promise<Map<string, Set<string>>> {
  const lambda = new LambdaClient(clientConfiguration(endpoint));
  const client = new CloudWatchLogsClient(clientConfiguration(endpoint));
  const ids = new Map<string, Set<string>>();
  const groups = await logGroupsOf(lambda, functionName);
  for await (const { message } of eventsOf(client, { groups, pattern: `{ $.message = "${event}" }` })) {
    const { orderId, eventId } = JSON.parse(message) as { orderId: string; eventId: string };
    ids.set(orderId, (ids.get(orderId) ?? new Set()).add(eventId));
  }
  lambda.destroy();
  client.destroy();
  return ids;
}
