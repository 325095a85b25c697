import { gzipSync } from 'node:zlib';
import * as ssm from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { authorization, serve } from './gateway.fixture.ts';
import { type Service, service, serviceModel } from './wire/service.ts';

const model = serviceModel('ssm', ssm);
const parameters = service<typeof ssm>(model, { GetParameter: ({ Name }) => ({ Parameter: { Name } }) });

test('pages come before the services, and need no signature', async () => {
  const { url } = await serve([parameters], {
    pages: [
      { path: '/one', answer: () => ({ status: 200, headers: {}, body: '1' }) },
      { path: '/', answer: async ({ path, method }) => ({ status: 418, headers: {}, body: `${method} ${path}` }) },
    ],
  });
  expect(await (await fetch(`${url}/one`)).text()).toBe('1');
  const other = await fetch(`${url}/two?x=1`);
  expect([other.status, await other.text()]).toEqual([418, 'GET /two']);
});

test('each call is told of by its service and its name, written or not', async () => {
  const calls: string[] = [];
  const { configuration } = await serve([parameters], { onCall: (operation) => calls.push(operation) });
  const client = new ssm.SSM(configuration);
  await client.getParameter({ Name: '/a' });
  await client.deleteParameter({ Name: '/a' }).catch(() => {});
  expect(calls).toEqual(['ssm:GetParameter', 'ssm:DeleteParameter']);
});

test('what has no handler goes to what is mounted, as it came', async () => {
  const mounted: NonNullable<Service['mounted']> = async (operation, { body }, { caller }) => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ DeletedParameters: [operation, caller.accessKeyId, body.toString()] }),
  });
  const { configuration } = await serve([service<typeof ssm>(model, {}, mounted)]);
  const { DeletedParameters } = await new ssm.SSM(configuration).deleteParameters({ Names: ['/a'] });
  expect(DeletedParameters).toEqual(['DeleteParameters', 'test-factory', '{"Names":["/a"]}']);
});

test('every answer has an id of its own, and the length of its body', async () => {
  const { url, configuration } = await serve([parameters]);
  const client = new ssm.SSM(configuration);
  const [a, b] = [await client.getParameter({ Name: 'ü' }), await client.getParameter({ Name: 'ü' })];
  expect(a.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(a.$metadata.requestId).not.toBe(b.$metadata.requestId);
  const refused = await fetch(url);
  expect(refused.headers.get('content-length')).toBe(String((await refused.text()).length));
});

test('a body that is not what its encoding says is refused', async () => {
  const { url } = await serve([parameters]);
  const headers = { authorization: authorization('ssm'), 'content-encoding': 'gzip' };
  const cut = gzipSync('{"Name":"/oven"}').subarray(0, 15);
  expect((await fetch(url, { method: 'POST', headers, body: cut })).status).toBe(400);
});
