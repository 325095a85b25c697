import { Cors, LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A REST API whose function queues what it is sent, bytes too; the second version answers another status. */
export const restApiAndQueue: Pair = {
  name: 'RestApiAndQueue',
  build: (stack, version) => {
    const queue = new Queue(stack, 'Posted');
    const handler = functionOf(
      stack,
      'Poster',
      `const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('hex');
      await send('sqs', 'SendMessage', { QueueUrl: process.env.QUEUE, MessageBody: event.path + ' ' + body });
      return { statusCode: Number(process.env.STATUS), body: '' };`,
      { environment: { QUEUE: queue.queueUrl, STATUS: version === 1 ? '202' : '200' } },
    );
    queue.grantSendMessages(handler);
    const api = new LambdaRestApi(stack, 'Api', {
      handler,
      binaryMediaTypes: ['application/octet-stream'],
      defaultCorsPreflightOptions: { allowOrigins: Cors.ALL_ORIGINS },
    });
    return { Url: api.url, Queue: queue.queueUrl };
  },
  use: async ({ output, messages, fresh }, version) => {
    const url = `${output('Url')}${fresh}`;
    const post = (type: string, body: string | Uint8Array<ArrayBuffer>) =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('text/plain', 'dough')).status).toBe(version === 1 ? 202 : 200);
    await post('application/octet-stream', new Uint8Array([0, 255]));
    const hex = (text: string) => Buffer.from(text).toString('hex');
    expect((await messages('Queue', 2)).sort()).toEqual([`/${fresh} 00ff`, `/${fresh} ${hex('dough')}`].sort());
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://shop.example' } });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  },
};
