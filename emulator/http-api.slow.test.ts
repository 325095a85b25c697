import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { ask, startApiGateway } from './api-gateway.fixture.ts';
import { Sha256 } from './wire/sha256.fixture.ts';

/** HTTP APIs by the real client, and by requests to them. */
async function startApi(more: object = {}) {
  const started = await startApiGateway();
  const { v2, arnOf, uriOf } = started;
  const { ApiId = '', ApiEndpoint = '' } = await v2.createApi({ Name: 'shop', ProtocolType: 'HTTP', ...more });
  const integrate = async (PayloadFormatVersion = '2.0', name = 'echo') =>
    (
      await v2.createIntegration({
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf(name),
        PayloadFormatVersion,
      })
    ).IntegrationId;
  const IntegrationId = await integrate();
  const route = (RouteKey: string, route: object = {}) =>
    v2.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}`, ...route });
  const stage = (StageName = '$default', stage: object = {}) =>
    v2.createStage({ ApiId, StageName, AutoDeploy: true, ...stage });
  const guard = async (guard: object = {}) => {
    const AuthorizerType = 'REQUEST' as const;
    const { AuthorizerId } = await v2.createAuthorizer({
      ...{ ApiId, Name: 'guard', AuthorizerType, AuthorizerUri: uriOf('guard') },
      ...{ AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true },
      IdentitySource: ['$request.header.Authorization'],
      ...guard,
    });
    return { AuthorizationType: 'CUSTOM' as const, AuthorizerId };
  };
  return { ...started, ApiId, url: ApiEndpoint, integrate, route, stage, guard };
}

test('a request reaches the function in payload format 2.0', async () => {
  const { url, ApiId, route, stage } = await startApi();
  await route('POST /items/{id}');
  await stage('beta', { StageVariables: { oven: 'two' } });
  const answer = await ask(`${url}/beta/items/a%20b?n=1&n=2&empty`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: 'a=1; b=2',
      'x-twice': ['one', 'two'],
      'user-agent': 'test',
    },
    body: '{"cookie":"spritz"}',
  });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({
    version: '2.0',
    routeKey: 'POST /items/{id}',
    rawPath: '/beta/items/a%20b',
    rawQueryString: 'n=1&n=2&empty',
    cookies: ['a=1', 'b=2'],
    headers: { 'content-type': 'application/json', 'x-twice': 'one, two' },
    queryStringParameters: { n: '1,2', empty: '' },
    pathParameters: { id: 'a b' },
    stageVariables: { oven: 'two' },
    requestContext: {
      accountId: '000000000000',
      apiId: ApiId,
      routeKey: 'POST /items/{id}',
      stage: 'beta',
      http: { method: 'POST', path: '/beta/items/a%20b', protocol: 'HTTP/1.1', userAgent: 'test' },
    },
    body: '{"cookie":"spritz"}',
    isBase64Encoded: false,
  });
});

test('and in payload format 1.0', async () => {
  const { url, integrate, route, stage } = await startApi();
  await route('ANY /items/{proxy+}', { Target: `integrations/${await integrate('1.0')}` });
  await stage();
  const { body } = await ask(`${url}/items/a/b?n=1&n=2`, { method: 'PUT', body: Buffer.from([255, 1]) });
  expect(JSON.parse(body)).toMatchObject({
    version: '1.0',
    resource: '/items/{proxy+}',
    path: '/items/a/b',
    httpMethod: 'PUT',
    queryStringParameters: { n: '2' },
    multiValueQueryStringParameters: { n: ['1', '2'] },
    pathParameters: { proxy: 'a/b' },
    stageVariables: null,
    body: '/wE=',
    isBase64Encoded: true,
    requestContext: { stage: '$default', resourcePath: '/items/{proxy+}', identity: { sourceIp: '127.0.0.1' } },
  });
});

test('the closest route is taken, and of those as close the one of the method', async () => {
  const { url, route, stage } = await startApi();
  for (const key of [
    '$default',
    'ANY /{proxy+}',
    'GET /items/{id}',
    'ANY /items/{id}',
    'GET /items/new',
    'ANY /items/{proxy+}',
  ]) {
    await route(key);
  }
  await stage();
  const taken = async (method: string, path: string) => JSON.parse((await ask(url + path, { method })).body).routeKey;
  expect(await taken('GET', '/items/new')).toBe('GET /items/new');
  expect(await taken('GET', '/items/1')).toBe('GET /items/{id}');
  expect(await taken('PUT', '/items/1')).toBe('ANY /items/{id}');
  expect(await taken('GET', '/items/1/2')).toBe('ANY /items/{proxy+}');
  expect(await taken('GET', '/else')).toBe('ANY /{proxy+}');
  expect(await taken('GET', '/')).toBe('$default');
});

describe('what a function answers', () => {
  test.each<[string, unknown, string, Partial<{ status: number; body: string }>]>([
    [
      'with a status and headers',
      { statusCode: 418, headers: { 'x-a': 'b' }, body: 'tea' },
      '2.0',
      { status: 418, body: 'tea' },
    ],
    ['without a status', { hello: 1 }, '2.0', { status: 200, body: '{"hello":1}' }],
    ['in base64', { statusCode: 200, body: 'aGk=', isBase64Encoded: true }, '2.0', { body: 'hi' }],
    [
      'in format 1.0',
      { statusCode: 201, multiValueHeaders: { 'x-a': ['b', 'c'] }, body: 'made' },
      '1.0',
      { status: 201, body: 'made' },
    ],
    ['in format 1.0, but wrong', { hello: 1 }, '1.0', { status: 500, body: '{"message":"Internal Server Error"}' }],
    ['with an error', 'throw', '2.0', { status: 500, body: '{"message":"Internal Server Error"}' }],
  ])('%s', async (_name, wanted, version, expected) => {
    const { url, integrate, route, stage } = await startApi();
    await route('GET /', { Target: `integrations/${await integrate(version)}` });
    await stage();
    const headers = { 'x-answer': wanted === 'throw' ? 'throw' : JSON.stringify(wanted) };
    expect(await ask(url, { headers })).toMatchObject(expected);
  });

  test('sets several cookies', async () => {
    const { url, route, stage } = await startApi();
    await route('GET /');
    await stage();
    const headers = { 'x-answer': JSON.stringify({ statusCode: 200, cookies: ['a=1', 'b=2'] }) };
    expect((await ask(url, { headers })).headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });
});

test('what has no route, no stage and no deployment is not found', async () => {
  const { url, ApiId, v2, route, stage } = await startApi();
  expect(await ask(url)).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
  await route('GET /');
  await stage('live', { AutoDeploy: false });
  expect((await ask(`${url}/live`)).status).toBe(404);
  await v2.createDeployment({ ApiId, StageName: 'live' });
  expect((await ask(`${url}/live`)).status).toBe(200);
  await route('GET /late');
  expect((await ask(`${url}/live/late`)).status).toBe(404);
});

test('a function that takes too long is given up', async () => {
  const { url, v2, ApiId, route, stage, deploy, arnOf } = await startApi();
  await deploy('slow', 'export const handler = () => new Promise(() => {});');
  const integration = { IntegrationUri: arnOf('slow'), PayloadFormatVersion: '2.0', TimeoutInMillis: 50 };
  const { IntegrationId } = await v2.createIntegration({ ApiId, IntegrationType: 'AWS_PROXY', ...integration });
  await route('GET /', { Target: `integrations/${IntegrationId}` });
  await stage();
  expect(await ask(url)).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
});

test('CORS is answered by the API', async () => {
  const { url, route, stage } = await startApi({
    CorsConfiguration: { AllowOrigins: ['https://shop.example'], AllowMethods: ['GET'], MaxAge: 60 },
  });
  await route('GET /');
  await stage();
  const origin = 'https://shop.example';
  const preflight = await ask(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });
  expect(preflight).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '60',
    },
  });
  expect((await ask(url, { headers: { origin } })).headers['access-control-allow-origin']).toBe(origin);
  expect(
    (await ask(url, { headers: { origin: 'https://other' } })).headers['access-control-allow-origin'],
  ).toBeUndefined();
});

describe('a Lambda authorizer', () => {
  test('with simple answers lets in or not, and its context reaches the function', async () => {
    const { url, route, stage, guard } = await startApi();
    await route('GET /', await guard());
    await stage();
    const { status, body } = await ask(url, { headers: { authorization: 'open' } });
    expect([status, JSON.parse(body).requestContext.authorizer]).toEqual([200, { lambda: { role: 'baker' } }]);
    expect(await ask(url, { headers: { authorization: 'shut' } })).toMatchObject({
      status: 403,
      body: '{"message":"Forbidden"}',
    });
    expect(await ask(url)).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect((await ask(url, { headers: { authorization: 'fail' } })).status).toBe(500);
  });

  test('with a policy is held against the route', async () => {
    const { url, route, stage, guard } = await startApi();
    const authorizer = { AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: false };
    await route('GET /', await guard(authorizer));
    await stage();
    expect((await ask(url, { headers: { authorization: 'open' } })).status).toBe(200);
    expect((await ask(url, { headers: { authorization: 'shut' } })).status).toBe(403);
  });

  test('is asked once in its time to live, for each identity', async () => {
    const { url, route, stage, guard, logged } = await startApi();
    await route('GET /', await guard({ AuthorizerResultTtlInSeconds: 300 }));
    await stage();
    for (const authorization of ['open', 'open', 'shut', 'open']) {
      await ask(url, { headers: { authorization } });
    }
    const asked = (await logged('guard')).filter((line) => line.includes('ASKED'));
    expect(asked.map((line) => /"identitySource":\["(\w+)"\]/.exec(line)?.[1])).toEqual(['open', 'shut']);
  });
});

test('IAM lets in who signed, and says who that is', async () => {
  const { url, route, stage, configuration } = await startApi();
  await route('GET /', { AuthorizationType: 'AWS_IAM' });
  await stage();
  expect(await ask(url)).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  const signer = new SignatureV4({ ...configuration, service: 'execute-api', sha256: Sha256 });
  const { host, hostname, port } = new URL(url);
  const signed = await signer.sign({
    method: 'GET',
    protocol: 'http:',
    path: '/',
    hostname,
    port: Number(port),
    headers: { host },
  });
  const { status, body } = await ask(url, { headers: signed.headers });
  expect([status, JSON.parse(body).requestContext.authorizer.iam.accessKey]).toEqual([200, 'test-factory']);
});

test('300 routes are served, and one more is refused', async () => {
  const { url, route, stage } = await startApi();
  for (let n = 0; n < 300; n++) {
    await route(`GET /r${n}/{id}`);
  }
  await stage();
  expect(JSON.parse((await ask(`${url}/r299/x`)).body).routeKey).toBe('GET /r299/{id}');
  await expect(route('GET /more')).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('an API is described, changed, listed and deleted with its address', async () => {
  const { v2, ApiId, url } = await startApi();
  await v2.updateApi({ ApiId, Description: 'changed' });
  expect(await v2.getApi({ ApiId })).toMatchObject({ Name: 'shop', Description: 'changed', ApiEndpoint: url });
  expect((await v2.getApis({})).Items).toHaveLength(1);
  await v2.tagResource({ ResourceArn: `arn:aws:apigateway:eu-west-1::/apis/${ApiId}`, Tags: { team: 'bakers' } });
  expect((await v2.getTags({ ResourceArn: `arn:aws:apigateway:eu-west-1::/apis/${ApiId}` })).Tags).toEqual({
    team: 'bakers',
  });
  await v2.deleteApi({ ApiId });
  await expect(v2.getApi({ ApiId })).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

describe('is refused:', () => {
  test.each<[string, (api: Awaited<ReturnType<typeof startApi>>) => Promise<unknown>, string]>([
    ['a WebSocket API', ({ v2 }) => v2.createApi({ Name: 'ws', ProtocolType: 'WEBSOCKET' }), 'NotImplemented'],
    ['a route key that is none', ({ route }) => route('GET items'), 'BadRequestException'],
    ['a second route of a key', async ({ route }) => [await route('GET /'), await route('GET /')], 'ConflictException'],
    ['a target that is not there', ({ route }) => route('GET /', { Target: 'integrations/none' }), 'NotFoundException'],
    [
      'an integration by HTTP',
      ({ v2, ApiId }) => v2.createIntegration({ ApiId, IntegrationType: 'HTTP_PROXY', PayloadFormatVersion: '1.0' }),
      'NotImplemented',
    ],
    ['a JWT authorizer', ({ guard }) => guard({ AuthorizerType: 'JWT' }), 'NotImplemented'],
    ['a stage with a bad name', ({ stage }) => stage('a b'), 'BadRequestException'],
    ['an API that is not there', ({ v2 }) => v2.getRoutes({ ApiId: 'none' }), 'NotFoundException'],
  ])('%s', async (_name, call, name) => {
    const api = await startApi();
    await expect(call(api)).rejects.toMatchObject({ name });
  });
});
