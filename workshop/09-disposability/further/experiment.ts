import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { experiment } from '../../experiment/experiment.ts';
import { faultsAt } from '../../experiment/fault-port.ts';
import { exactly, yes } from '../../experiment/requirement.ts';
import { until } from '../../experiment/until.ts';
import { BakeWatch } from '../bake-watch.ts';
import { depthOf } from '../dead-letters.ts';
import { poison } from '../hand-over.ts';
import { handIn, idOf, orderOf } from '../kitchen-tickets.ts';

/** Much longer than a first try takes, and less than the minute that a message is hidden before its second. */
const firstTryWithin = 45_000;

/** What nobody will ever be able to read need not be tried again. */
export const proof = experiment({
  question: 'Is a message that cannot be read put aside at once, and one that can be baked later kept?',
  headline: 'Unreadable messages put aside after their first try: {putAside.before} before, {putAside.after} now.',
  observables: {
    putAside: {
      kind: 'gate',
      title: 'messages in the dead-letter queue after the first try',
      must: exactly(1),
      timed: 'if missing',
      lookAt:
        'Send what readTicket refuses to the dead-letter queue yourself, and only that; baking needs the URL and sqs:SendMessage for it.',
    },
    kept: {
      kind: 'guard',
      title: 'an order whose recipe is withdrawn stays on the queue',
      must: yes,
      lookAt: 'A withdrawn recipe may come back: such an order fails, and is tried again.',
    },
    mateBaked: {
      kind: 'guard',
      title: 'the order beside the unreadable message is baked',
      must: exactly(1),
      timed: true,
      lookAt: 'The unreadable message must not stop the work on the others.',
    },
  },
  needs: ['faults', 'loopback'],
  async *observe(snapshot) {
    const {
      BakeDeadLetterQueueUrl,
      BakeQueueUrl = '',
      BakingFunction = '',
      OrderTable = '',
      OrderingUrl = '',
    } = snapshot.outputs();
    const faults = faultsAt(snapshot.endpoint);
    const sqs = new SQSClient({ ...snapshot.clients, useQueueUrlAsEndpoint: false });
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    try {
      snapshot.report('sending a message that cannot be read');
      const clients = { documents: DynamoDBDocumentClient.from(dynamoDb), sqs };
      const places = { table: OrderTable, queue: BakeQueueUrl };
      const mate = orderOf(1);
      await handIn(clients, places, [mate], [poison.body]);
      const watch = new BakeWatch(OrderingUrl, [idOf(mate)], snapshot.signal);
      await watch.untilBaked(1, firstTryWithin);
      const isAtWork = async () => (await faults.environments(BakingFunction)).some(({ busy }) => busy);
      const within = { within: firstTryWithin, signal: snapshot.signal };
      const afterFirstTry = async () => {
        // Baking has its batch in hand until nothing but the message is left, and waits for its next try.
        const isOver = watch.baked === 1 && (await hiddenIn(sqs, BakeQueueUrl)) === 1 && !(await isAtWork());
        const count = await depthOf(sqs, BakeDeadLetterQueueUrl);
        return count > 0 || isOver ? count : undefined;
      };
      const putAside = await until(afterFirstTry, within);
      yield { putAside, mateBaked: watch.baked };

      snapshot.report('ordering what is not in the book');
      await handIn(clients, places, [orderOf(1, 1, 'withdrawn')]);
      const isTried = async () => ((await depthOf(sqs, BakeQueueUrl)) === 0 && !(await isAtWork())) || undefined;
      await until(isTried, within);
      yield { kept: (await hiddenIn(sqs, BakeQueueUrl)) > 0 };
    } finally {
      sqs.destroy();
      dynamoDb.destroy();
    }
  },
});

/** How many messages were handed out, and are neither done with nor back. */
async function hiddenIn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'] ?? 0);
}
