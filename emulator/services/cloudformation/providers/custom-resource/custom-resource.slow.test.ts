import { expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../../../../gateway.fixture.ts';
import type { WireRequest } from '../../../../wire/http.ts';
import { functionOf, startLambda } from '../lambda/lambda.fixture.ts';
import { lambdaFunction } from '../lambda/lambda-function.ts';
import { contextOf, make } from '../provider.fixture.ts';
import { CustomResourceCallbacks } from './custom-resource.ts';
import { customResource } from './custom-resource-provider.ts';

/** The provider over real Lambda, with the page for its answers on a real port. */
async function start(code: string) {
  const callbacks = new CustomResourceCallbacks(() => url);
  const { url } = await serve([], {
    pages: [{ path: callbacks.path, answer: (request) => callbacks.answer(request) }],
  });
  const { lambda } = startLambda();
  const handler = await make(lambdaFunction(lambda), functionOf(code));
  return { provider: customResource('Custom::*', lambda, callbacks), ServiceToken: String(handler.attributes['Arn']) };
}

/** Answers with the event that it was given, under the name that its properties say. */
const echo = `
const { send, SUCCESS } = require('cfn-response');
exports.handler = async (event, context) => {
  const { ResponseURL, ...rest } = event;
  await send(event, context, SUCCESS, { event: JSON.stringify(rest), 'deep.name': 'found' }, event.ResourceProperties.Name);
};`;

test('a custom resource is made, changed, replaced and deleted by its function', async () => {
  const { provider, ServiceToken } = await start(echo);
  const properties = { ServiceToken, Name: 'one', Count: 3, Deep: [{ Yes: true }], ServiceTimeout: '20' };
  const resource = await make({ ...provider, type: 'Custom::HouseRecipes' }, properties, 'Recipes');
  expect(resource.physicalId).toBe('one');
  expect(resource.attributes['deep.name']).toBe('found');
  expect(JSON.parse(String(resource.attributes['event']))).toEqual({
    RequestType: 'Create',
    ServiceToken,
    StackId: contextOf('').stackId,
    RequestId: expect.any(String),
    LogicalResourceId: 'Recipes',
    ResourceType: 'Custom::HouseRecipes',
    ResourceProperties: { ServiceToken, Name: 'one', Count: '3', Deep: [{ Yes: 'true' }], ServiceTimeout: '20' },
  });
  const changed = await resource.change({ ServiceToken, Name: 'two' });
  expect(changed.physicalId).toBe('two');
  expect(JSON.parse(String(changed.attributes['event']))).toMatchObject({
    RequestType: 'Update',
    PhysicalResourceId: 'one',
    ResourceProperties: { Name: 'two' },
    OldResourceProperties: { Name: 'one', Count: '3' },
  });
  await resource.remove();
});

test('a function that fails fails the resource with its reason, and is told to delete what it began', async () => {
  const { provider, ServiceToken } = await start(`
    const answer = (event, body) => fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
    const seen = [];
    exports.handler = async (event) => {
      seen.push(event.RequestType + ':' + (event.PhysicalResourceId ?? ''));
      const { StackId, RequestId, LogicalResourceId } = event;
      const Status = event.ResourceProperties.Fails === 'true' && event.RequestType !== 'Delete' ? 'FAILED' : 'SUCCESS';
      const PhysicalResourceId = 'half';
      await answer(event, { Status, Reason: 'no flour', PhysicalResourceId, Data: { seen: seen.join() } });
    };`);
  const failed = make(provider, { ServiceToken, Fails: true });
  await expect(failed).rejects.toThrow(
    /^Received response status \[FAILED\] from custom resource. Message returned: no flour \(RequestId: /,
  );
  const resource = await make(provider, { ServiceToken });
  expect(resource.attributes['seen']).toBe('Create:,Delete:half,Create:');
});

test.each([
  { name: 'a missing function', token: 'arn:aws:lambda:eu-west-1:000000000000:function:nobody', message: 'not found' },
  { name: 'an SNS topic', token: 'arn:aws:sns:eu-west-1:000000000000:topic', message: 'only functions' },
  { name: 'another region', token: 'arn:aws:lambda:us-east-1:000000000000:function:f', message: 'region' },
  { name: 'no token', token: undefined, message: 'ServiceToken' },
])('$name fails at once', async ({ token, message }) => {
  const { provider } = await start(echo);
  await expect(make(provider, { ServiceToken: token })).rejects.toThrow(message);
});

test('another service token is refused', async () => {
  const { provider, ServiceToken } = await start(echo);
  const resource = await make(provider, { ServiceToken, Name: 'one' });
  await expect(resource.change({ ServiceToken: `${ServiceToken}2`, Name: 'one' })).rejects.toThrow(
    'Modifying service token is not allowed.',
  );
});

/** An answer as the gateway hands it on. */
const put = (url: string, body: unknown, method = 'PUT'): WireRequest => ({
  method,
  path: new URL(url).pathname,
  search: '',
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

test('an answer is taken once, by PUT', async () => {
  const callbacks = new CustomResourceCallbacks(() => 'http://127.0.0.1:1');
  const { url, response } = callbacks.expect(60);
  expect(callbacks.answer(put(url, {}, 'GET')).status).toBe(405);
  expect(callbacks.answer(put(url, { Status: 'SUCCESS', PhysicalResourceId: 'a' })).status).toBe(200);
  expect(callbacks.answer(put(url, { Status: 'FAILED' })).status).toBe(403);
  expect(await response).toEqual({ Status: 'SUCCESS', PhysicalResourceId: 'a' });
});

test.each([
  { name: 'no JSON', body: 'done', message: 'no JSON object' },
  { name: 'no status', body: {}, message: 'Status' },
  { name: 'an empty physical id', body: { Status: 'SUCCESS', PhysicalResourceId: '' }, message: 'PhysicalResourceId' },
  { name: 'data that is a list', body: { Status: 'SUCCESS', PhysicalResourceId: 'a', Data: [] }, message: 'Data' },
  { name: 'over 4096 bytes', body: { Status: 'SUCCESS', Reason: 'x'.repeat(4096) }, message: 'too long' },
])('an answer with $name fails the resource', async ({ body, message }) => {
  const callbacks = new CustomResourceCallbacks(() => 'http://127.0.0.1:1');
  const { url, response } = callbacks.expect(60);
  callbacks.answer(put(url, body));
  await expect(response).rejects.toThrow(message);
});

test('what does not answer in time fails, and what is waited for ends with the endpoint', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const callbacks = new CustomResourceCallbacks(() => 'http://127.0.0.1:1');
  const { response } = callbacks.expect(120);
  const late = expect(response).rejects.toThrow('did not receive a response');
  await vi.advanceTimersByTimeAsync(120_000);
  await late;
  const open = expect(callbacks.expect(120).response).rejects.toThrow('closed');
  callbacks.close();
  await open;
  expect(vi.getTimerCount()).toBe(0);
});
