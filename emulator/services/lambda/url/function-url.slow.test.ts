import { request as httpRequest } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { Sha256 } from '../../../wire/sha256.fixture.ts';
import { startLambda } from '../lambda.fixture.ts';

const echo = 'export const handler = async (event) => event;';
const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=test-factory/20261123/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
};

/** A function with a URL that anybody may use. */
async function openUrl(source: string, config: object = {}, more: object = {}) {
  const started = startLambda();
  const { deploy, operations } = started;
  await deploy('f', source, more);
  const { FunctionUrl } = await operations.CreateFunctionUrlConfig({ FunctionName: 'f', AuthType: 'NONE', ...config });
  const permission = { FunctionName: 'f', Principal: '*' };
  operations.AddPermission({
    ...permission,
    StatementId: 'url',
    Action: 'lambda:InvokeFunctionUrl',
    FunctionUrlAuthType: 'NONE',
  });
  operations.AddPermission({
    ...permission,
    StatementId: 'fn',
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
  });
  return { ...started, url: FunctionUrl };
}

test('a request is an event of payload format 2.0', async () => {
  const { url } = await openUrl(echo);
  const response = await fetch(`${url}orders/a%20b?x=1&x=2&y=`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'X-Custom': 'Yes', 'user-agent': 'test' },
    body: '{"recipe":"spritz"}',
  });
  const { host } = new URL(url);
  expect(await response.json()).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/orders/a%20b',
    rawQueryString: 'x=1&x=2&y=',
    cookies: ['a=1', 'b=2'],
    headers: expect.objectContaining({
      host,
      'content-type': 'application/json',
      'x-custom': 'Yes',
      'x-forwarded-proto': 'http',
    }),
    queryStringParameters: { x: '1,2', y: '' },
    requestContext: {
      accountId: 'anonymous',
      apiId: expect.stringMatching(/^[0-9a-f]{32}$/),
      domainName: host,
      domainPrefix: expect.any(String),
      http: { method: 'POST', path: '/orders/a%20b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: response.headers.get('x-amzn-requestid'),
      routeKey: '$default',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: '{"recipe":"spritz"}',
    isBase64Encoded: false,
  });
});

test.each([
  ['application/json', '{"ü":1}', '{"ü":1}', false],
  ['text/plain;charset=UTF-8', 'ü', 'ü', false],
  ['application/problem+json', '{}', '{}', false],
  ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
  ['application/octet-stream', 'x', 'eA==', true],
])('a body of type %s', async (contentType, sent, body, isBase64Encoded) => {
  const { url } = await openUrl(echo);
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': contentType }, body: sent });
  expect(await response.json()).toMatchObject({ body, isBase64Encoded });
});

describe('a result is a response', () => {
  test.each<[string, string, number, string, Record<string, string>]>([
    ['of an object', '({ a: 1 })', 200, '{"a":1}', { 'content-type': 'application/json' }],
    ['of text', '"hello"', 200, 'hello', { 'content-type': 'application/json' }],
    ['of nothing', 'null', 200, 'null', { 'content-type': 'application/json' }],
    [
      'with a status',
      '({ statusCode: 418, body: "short and stout" })',
      418,
      'short and stout',
      { 'content-type': 'application/json' },
    ],
    [
      'with headers',
      '({ statusCode: 200, headers: { "Content-Type": "text/html", "X-N": 1 }, body: "<p>" })',
      200,
      '<p>',
      { 'content-type': 'text/html', 'x-n': '1' },
    ],
    ['in base64', '({ statusCode: 200, body: "aGk=", isBase64Encoded: true })', 200, 'hi', {}],
    ['without content', '({ statusCode: 204 })', 204, '', {}],
    ['with a status that is none', '({ statusCode: "many" })', 502, 'Internal Server Error', {}],
    ['with a header that is none', '({ statusCode: 200, headers: { "a b": "x" } })', 502, 'Internal Server Error', {}],
    [
      'with headers of the connection',
      '({ statusCode: 200, headers: { "Transfer-Encoding": "chunked", "Content-Length": "1", upgrade: "h2c", trailer: "x" }, body: "hello" })',
      200,
      'hello',
      { 'content-length': '5' },
    ],
    ['without content, but with its length', '({ statusCode: 204, headers: { "content-length": "5" } })', 204, '', {}],
    ['of an error', '(() => { throw new Error("secret") })()', 502, 'Internal Server Error', {}],
  ])('%s', async (_name, result, status, body, headers) => {
    const { url } = await openUrl(`export const handler = async () => ${result};`);
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
  });
});

test('every cookie has a header of its own', async () => {
  const { url } = await openUrl(
    'export const handler = async () => ({ statusCode: 200, cookies: ["a=1; Secure", "b=2"] });',
  );
  expect((await fetch(url)).headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
});

test('an event over 6 MB is refused', async () => {
  const { url } = await openUrl(echo);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'x'.repeat(6_291_456),
  });
  expect(response.status).toBe(413);
});

test('a throttled function answers 429', async () => {
  const { url, operations } = await openUrl(echo);
  operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 0 });
  const response = await fetch(url);
  expect([response.status, await response.json()]).toMatchObject([
    429,
    { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  ]);
});

test('with AuthType NONE the policy must let anybody in', async () => {
  const { url, operations } = await openUrl(echo);
  expect((await fetch(url)).status).toBe(200);
  operations.RemovePermission({ FunctionName: 'f', StatementId: 'url' });
  const response = await fetch(url);
  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
  expect(await response.json()).toMatchObject({ Message: expect.stringMatching(/^Forbidden/) });
});

test('with AuthType AWS_IAM a request must be signed', async () => {
  const { url } = await openUrl(echo, { AuthType: 'AWS_IAM' });
  expect((await fetch(url)).status).toBe(403);
  const event = await (await fetch(url, { headers: signed })).json();
  expect(event).toMatchObject({
    requestContext: { accountId: '123456789012', authorizer: { iam: { accessKey: 'test-factory' } } },
  });
});

test.each([
  { what: 'the right signature', secret: 'secret', status: 200 },
  { what: 'another secret', secret: 'other', status: 403 },
  { what: 'another body', secret: 'secret', body: 'changed', status: 403 },
  { what: 'another path', secret: 'secret', path: 'other', status: 403 },
  { what: 'a signature for another service', secret: 'secret', service: 'sts', status: 403 },
])('with AuthType AWS_IAM, of a key that is known, $what: $status', async (row) => {
  const { secret, body = 'dough', path = 'orders', service = 'lambda', status } = row;
  const { url } = await openUrl(echo, { AuthType: 'AWS_IAM' });
  const credentials = { accessKeyId: 'known', secretAccessKey: secret };
  const signer = new SignatureV4({ service, region: 'eu-west-1', credentials, sha256: Sha256 });
  const { host, hostname } = new URL(url);
  const { headers } = await signer.sign({
    ...{ method: 'POST', protocol: 'http:', hostname, path: '/orders', query: {} },
    ...{ headers: { host, 'content-type': 'text/plain' }, body: 'dough' },
  });
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
  expect(response.status).toBe(status);
  if (status !== 200) {
    return;
  }
  const { authorizer } = ((await response.json()) as { requestContext: { authorizer: object } }).requestContext;
  expect(authorizer).toMatchObject({ iam: { accessKey: 'known', userArn: 'arn:aws:iam::123456789012:root' } });
});

test('with AuthType AWS_IAM a browser gets in with no key that is unknown, and with none in the URL', async () => {
  const { url } = await openUrl(echo, { AuthType: 'AWS_IAM' });
  for (const more of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answered = await new Promise<number | undefined>((resolve) => {
      httpRequest(url, { headers: { ...signed, ...more } }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(answered).toBe(403);
  }
  const credential = 'X-Amz-Credential=known%2F20260101%2Feu-west-1%2Flambda%2Faws4_request&X-Amz-Signature=0';
  expect((await fetch(`${url}?${credential}`)).status).toBe(403);
});

test('CORS is answered by the URL itself', async () => {
  const Cors = {
    AllowOrigins: ['https://shop.example'],
    AllowMethods: ['POST'],
    AllowHeaders: ['content-type'],
    MaxAge: 60,
  };
  const { url, environments } = await openUrl(
    'export const handler = async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*" } });',
    { Cors },
  );
  const preflight = await new Promise<Record<string, unknown>>((resolve) => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    httpRequest(url, { method: 'OPTIONS', headers }, (response) => resolve(response.resume().headers)).end();
  });
  expect(preflight).toMatchObject({
    'access-control-allow-origin': 'https://shop.example',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '60',
  });
  expect(environments('f')).toEqual([]);
  const answer = await fetch(url, { headers: { origin: 'https://shop.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  expect(
    (await fetch(url, { headers: { origin: 'https://evil.example' } })).headers.has('access-control-allow-origin'),
  ).toBe(false);
});

test('a URL stays the same through every change, and ends with its deletion', async () => {
  const { url, operations } = await openUrl(echo);
  operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 9 });
  const changed = operations.UpdateFunctionUrlConfig({ FunctionName: 'f', Cors: { AllowOrigins: ['*'] } });
  expect(changed.FunctionUrl).toBe(url);
  expect(operations.GetFunctionUrlConfig({ FunctionName: 'f' })).toMatchObject({
    FunctionUrl: url,
    AuthType: 'NONE',
    InvokeMode: 'BUFFERED',
  });
  expect((await fetch(url)).status).toBe(200);
  operations.DeleteFunctionUrlConfig({ FunctionName: 'f' });
  await expect(fetch(url)).rejects.toThrow();
  expect(() => operations.GetFunctionUrlConfig({ FunctionName: 'f' })).toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException' }),
  );
});

test('a URL of an alias invokes what the alias names', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', 'export const handler = async (event, { invokedFunctionArn }) => invokedFunctionArn;');
  operations.PublishVersion({ FunctionName: 'f' });
  operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  const { FunctionUrl } = await operations.CreateFunctionUrlConfig({
    FunctionName: 'f',
    Qualifier: 'live',
    AuthType: 'AWS_IAM',
  });
  expect(await (await fetch(FunctionUrl, { headers: signed })).text()).toMatch(/:function:f:live$/);
  await expect(
    operations.CreateFunctionUrlConfig({ FunctionName: 'f', Qualifier: '1', AuthType: 'NONE' }),
  ).rejects.toThrow(/aliases only/);
  await expect(
    operations.CreateFunctionUrlConfig({ FunctionName: 'f', Qualifier: 'live', AuthType: 'NONE' }),
  ).rejects.toMatchObject({ name: 'ResourceConflictException' });
});
