import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSns } from './sns.fixture.ts';

describe('an HTTP endpoint', () => {
  /** A server that keeps what it gets, and answers as it is told. */
  async function startServer(statuses: number[] = []) {
    const got: { headers: IncomingMessage['headers']; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += String(chunk);
      }
      got.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { got, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  }

  test('confirms that it wants messages, gets them, and unsubscribes by their URL', async () => {
    const { sns, topic, subscribe } = await startSns();
    const { got, endpoint } = await startServer();
    const TopicArn = await topic();
    const SubscriptionArn = await subscribe(TopicArn, endpoint, {}, 'http');
    await sns.publish({ TopicArn, Message: 'too early' });
    await vi.waitFor(() => expect(got).toHaveLength(1));
    const confirmation = JSON.parse(got[0]?.body ?? '');
    expect(confirmation).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn, Token: expect.any(String) });
    expect(got[0]?.headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
    });
    expect((await fetch(confirmation.SubscribeURL)).status).toBe(200);
    await sns.publish({ TopicArn, Message: 'baked' });
    await vi.waitFor(() => expect(got).toHaveLength(2));
    expect(got[1]?.headers).toMatchObject({ 'x-amz-sns-subscription-arn': SubscriptionArn });
    const { Message, UnsubscribeURL } = JSON.parse(got[1]?.body ?? '');
    expect(Message).toBe('baked');
    expect((await fetch(UnsubscribeURL)).status).toBe(200);
    expect((await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toEqual([]);
  });

  test('is tried again as its policy says, and then left', async () => {
    const { sns, topic, subscribe, queue, receive } = await startSns();
    const { got, endpoint } = await startServer([200, 500, 429, 503, 400]);
    const [TopicArn, dead] = [await topic(), await queue('dead')];
    const healthyRetryPolicy = { numRetries: 2, minDelayTarget: 1, maxDelayTarget: 1, numNoDelayRetries: 2 };
    await subscribe(
      TopicArn,
      endpoint,
      {
        RawMessageDelivery: 'true',
        DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
      },
      'http',
    );
    await vi.waitFor(() => expect(got).toHaveLength(1));
    await sns.confirmSubscription({ TopicArn, Token: JSON.parse(got[0]?.body ?? '').Token });
    await sns.publish({ TopicArn, Message: 'one' });
    expect(await receive(dead.url)).toMatchObject([{ Body: 'one' }]);
    expect(got.slice(1).map(({ body, headers }) => [body, headers['x-amz-sns-rawdelivery']])).toEqual([
      ['one', 'true'],
      ['one', 'true'],
      ['one', 'true'],
    ]);
    // A client's fault is none that a retry mends.
    await sns.publish({ TopicArn, Message: 'two' });
    expect(await receive(dead.url)).toMatchObject([{ Body: 'two' }]);
    expect(got).toHaveLength(5);
  });

  test.each(['http://example.com/hook', 'http://169.254.169.254/', 'http://127.0.0.1.example.com/'])(
    'elsewhere is refused: %s',
    async (endpoint) => {
      const { topic, subscribe } = await startSns();
      await expect(subscribe(await topic(), endpoint, {}, 'http')).rejects.toThrow(/not served.*this machine alone/);
    },
  );
});
