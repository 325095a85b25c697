import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { expect, test } from 'vitest';
import { ownApp } from './own-app.fixture.ts';

/** API Gateway as CDK's constructs write it. The tests are one story, in its order. */
const { client, output, deploy, destroy } = ownApp('front-door.fixture.ts', 'FrontDoor');

const get = (output: string, path = '', headers: Record<string, string> = {}) => fetch(`${output}${path}`, { headers });

test('it is deployed, and its outputs are addresses that answer', async () => {
  const printed = await deploy();
  expect(output('HttpUrl')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(output('HttpUrl')).toBe(`${output('HttpEndpoint')}/`);
  expect(output('RestUrl')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/live\/$/);
  expect(printed).toContain(output('RestUrl'));
});

test('an order is placed and read through the HTTP API', async () => {
  const body = JSON.stringify({ id: 'o1', cookie: 'spritz' });
  const placed = await fetch(`${output('HttpUrl')}orders`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect([placed.status, placed.headers.get('location')]).toEqual([201, '/orders/o1']);
  const read = await get(output('HttpUrl'), 'orders/o1', { origin: 'https://shop.example' });
  expect(await read.json()).toEqual({ id: 'o1', cookie: 'spritz' });
  expect(read.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  expect((await get(output('HttpUrl'), 'else')).status).toBe(404);
});

test('its authorizers let in who may', async () => {
  const guarded = async (headers?: Record<string, string>) =>
    (await get(output('HttpUrl'), 'guarded/o1', headers)).status;
  expect([await guarded({ authorization: 'open' }), await guarded({ authorization: 'shut' }), await guarded()]).toEqual(
    [200, 403, 401],
  );
  expect((await get(output('HttpUrl'), 'signed/o1')).status).toBe(403);
});

test('the REST API has authorizers of both kinds, and CORS', async () => {
  for (const path of ['greetings', 'greetings/ann']) {
    const enter = async (Authorization: string) => get(output('RestUrl'), path, { Authorization });
    expect(await (await enter('open')).text()).toBe(`hello /${path}`);
    const denied = await enter('shut');
    expect([denied.status, denied.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
    expect((await get(output('RestUrl'), path)).status).toBe(401);
  }
  const origin = 'https://two.example';
  const preflight = await fetch(`${output('RestUrl')}greetings`, { method: 'OPTIONS', headers: { origin } });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
  expect(await (await get(output('SingleUrl'), '/path')).text()).toBe('hello /any/path');
});

test('deployed again it changes nothing, and then what has changed, at the same addresses', async () => {
  const before = output('RestUrl');
  expect(await deploy()).toContain('no changes');
  expect((await get(before, 'late')).status).toBe(403);
  await deploy({ greeting: 'ciao', late: 'true' });
  expect(output('RestUrl')).toBe(before);
  expect(await (await get(before, 'late')).text()).toBe('ciao /late');
});

test('it goes', async () => {
  await destroy({ greeting: 'ciao', late: 'true' });
  expect((await client(ApiGatewayV2).getApis({})).Items).toEqual([]);
  expect((await client(APIGateway).getRestApis({})).items ?? []).toEqual([]);
  await expect(get(output('HttpUrl'))).rejects.toThrow();
});
