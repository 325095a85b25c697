import * as sqs from '@aws-sdk/client-sqs';
import { invalidValue } from './errors.ts';
import type { ReceiveRequest } from './queue/long-polls.ts';
import { type Delivery, describeDelivery, type Wanted } from './queue/message.ts';
import { inFlightLimit, maxVisibilitySeconds, type Queue } from './queue/queue.ts';

const maxMessages = 10;
const maxWaitSeconds = 20;

type Answer = sqs.ReceiveMessageResult;

/** Receives messages from a queue: at once, or as soon as there are some within the time that the consumer would wait. */
export function receive(input: sqs.ReceiveMessageRequest, queue: Queue, signal: AbortSignal): Answer | Promise<Answer> {
  const { MaxNumberOfMessages: limit = 1, AttributeNames = [], MessageSystemAttributeNames = [] } = input;
  const { VisibilityTimeout: visibilityTimeout } = input;
  const { WaitTimeSeconds: waitSeconds = queue.settings.receiveMessageWaitTimeSeconds } = input;
  check('MaxNumberOfMessages', limit, 1, maxMessages, `Must be between 1 and ${maxMessages}`);
  check('VisibilityTimeout', visibilityTimeout ?? 0, 0, maxVisibilitySeconds);
  check('WaitTimeSeconds', waitSeconds, 0, maxWaitSeconds);
  // A long poll, and every receive of a FIFO queue, rather finds nothing.
  if (!queue.settings.fifo && waitSeconds === 0 && queue.counts.inFlight >= inFlightLimit) {
    throw overLimit();
  }
  const wanted: Wanted = {
    system: new Set<string>([...MessageSystemAttributeNames, ...AttributeNames]),
    attributes: input.MessageAttributeNames ?? [],
  };
  const received = attempt(input.ReceiveRequestAttemptId, { limit, visibilityTimeout }, waitSeconds, queue, signal);
  return received instanceof Promise
    ? received.then((deliveries) => answer(deliveries, wanted))
    : answer(received, wanted);
}

function attempt(
  id: string | undefined,
  request: ReceiveRequest,
  waitSeconds: number,
  queue: Queue,
  signal: AbortSignal,
): readonly Delivery[] | Promise<readonly Delivery[]> {
  if (id === undefined || !queue.settings.fifo) {
    return queue.receive(request, waitSeconds, signal);
  }
  const repeated = queue.receiveAttempts.repeat(id, (messageId) => queue.find(messageId));
  if (repeated) {
    const { visibilityTimeout = queue.settings.visibilityTimeout } = request;
    for (const { receipt } of repeated) {
      queue.changeVisibility(receipt, visibilityTimeout);
    }
    return repeated;
  }
  return Promise.resolve(queue.receive(request, waitSeconds, signal)).then((deliveries) => {
    queue.receiveAttempts.remember(id, deliveries);
    return deliveries;
  });
}

function answer(deliveries: readonly Delivery[], wanted: Wanted): Answer {
  return deliveries.length === 0 ? {} : { Messages: deliveries.map((delivery) => describeDelivery(delivery, wanted)) };
}

function check(parameter: string, value: number, min: number, max: number, range = `Must be >= ${min} and <= ${max}`) {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalidValue(parameter, value, `${range}, if provided.`);
  }
}

function overLimit(): sqs.OverLimit {
  const message = `Too many messages in flight: a queue can have ${inFlightLimit}. Delete what was processed.`;
  return new sqs.OverLimit({ message, $metadata: {} });
}
