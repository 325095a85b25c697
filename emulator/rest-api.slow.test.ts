import type { PutMethodRequest } from '@aws-sdk/client-api-gateway';
import { describe, expect, test } from 'vitest';
import { ask, startApiGateway } from './api-gateway.fixture.ts';

/** REST APIs by the real client, and by requests to them. Their addresses are known to stacks alone, so one is asked for it. */
async function startApi(more: object = {}) {
  const started = await startApiGateway();
  const { v1, uriOf, createStack } = started;
  const { id: restApiId = '', rootResourceId = '' } = await v1.createRestApi({ name: 'shop', ...more });
  const Value = { 'Fn::Sub': `https://${restApiId}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` };
  const template = { Resources: { M: { Type: 'AWS::CDK::Metadata' } }, Outputs: { Url: { Value } } };
  const { Url = '' } = await createStack('Address', { TemplateBody: JSON.stringify(template) });
  const resource = async (pathPart: string, parentId = rootResourceId) =>
    (await v1.createResource({ restApiId, parentId, pathPart })).id ?? '';
  const method = async (
    resourceId = rootResourceId,
    { httpMethod = 'GET', authorizationType = 'NONE', ...method }: Partial<PutMethodRequest> = {},
    integration: object = {},
  ) => {
    const where = { restApiId, resourceId, httpMethod };
    await v1.putMethod({ ...where, authorizationType, ...method });
    await v1.putIntegration({
      ...where,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: uriOf('echo'),
      ...integration,
    });
    return where;
  };
  const deploy = (stageName = 'live', more: object = {}) => v1.createDeployment({ restApiId, stageName, ...more });
  const guard = async (type: 'TOKEN' | 'REQUEST', more: object = {}) => {
    const identitySource = 'method.request.header.Authorization';
    const made = await v1.createAuthorizer({
      restApiId,
      name: type,
      type,
      authorizerUri: uriOf('guard'),
      identitySource,
      ...more,
    });
    return { authorizationType: 'CUSTOM', authorizerId: made.id };
  };
  return { ...started, restApiId, rootResourceId, url: Url, resource, method, deploy, guard };
}

test('a request reaches the function as a proxy integration has it', async () => {
  const { url, restApiId, resource, method, deploy } = await startApi();
  const item = await resource('{id}', await resource('items'));
  await method(item, { httpMethod: 'ANY' });
  await deploy('live', { variables: { oven: 'two' } });
  const { status, body } = await ask(`${url}/live/items/a%20b?n=1&n=2`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Twice': ['one', 'two'] },
    body: '{"cookie":"spritz"}',
  });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    resource: '/items/{id}',
    path: '/items/a%20b',
    httpMethod: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Twice': 'two' },
    multiValueHeaders: { 'X-Twice': ['one', 'two'] },
    queryStringParameters: { n: '2' },
    multiValueQueryStringParameters: { n: ['1', '2'] },
    pathParameters: { id: 'a b' },
    stageVariables: { oven: 'two' },
    requestContext: {
      apiId: restApiId,
      stage: 'live',
      resourcePath: '/items/{id}',
      path: '/live/items/a%20b',
      identity: { sourceIp: '127.0.0.1' },
    },
    body: '{"cookie":"spritz"}',
    isBase64Encoded: false,
  });
  const empty = JSON.parse((await ask(`${url}/live/items/1`)).body);
  expect([empty.body, empty.queryStringParameters]).toEqual([null, null]);
});

test('a stage serves what was deployed to it, and no more', async () => {
  const { url, resource, method, deploy } = await startApi();
  await method();
  expect(await ask(`${url}/live`)).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  await deploy();
  expect((await ask(`${url}/live`)).status).toBe(200);
  await method(await resource('late'));
  expect(await ask(`${url}/live/late`)).toMatchObject({
    status: 403,
    headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    body: '{"message":"Missing Authentication Token"}',
  });
  await deploy();
  expect((await ask(`${url}/live/late/`)).status).toBe(200);
});

test('the closest resource is taken', async () => {
  const { url, rootResourceId, resource, method, deploy } = await startApi();
  const items = await resource('items');
  for (const id of [await resource('new', items), await resource('{id}', items), await resource('{proxy+}')]) {
    await method(id, { httpMethod: 'ANY' });
  }
  await method(rootResourceId);
  await deploy();
  const taken = async (path: string) => JSON.parse((await ask(`${url}/live${path}`)).body).resource;
  expect(await taken('/items/new')).toBe('/items/new');
  expect(await taken('/items/1')).toBe('/items/{id}');
  expect(await taken('/items/1/2')).toBe('/{proxy+}');
  expect(await taken('/')).toBe('/');
});

describe('what a function answers', () => {
  test.each<[string, unknown, object]>([
    [
      'with several values of a header',
      { statusCode: 201, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: 'made' },
      { status: 201, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: 'made' },
    ],
    ['of another form', { hello: 1 }, { status: 502, body: '{"message": "Internal server error"}' }],
    ['whose body is no text', { statusCode: 200, body: { a: 1 } }, { status: 502 }],
    ['with an error', 'throw', { status: 502 }],
  ])('%s', async (_name, wanted, expected) => {
    const { url, method, deploy } = await startApi();
    await method();
    await deploy();
    const headers = { 'x-answer': wanted === 'throw' ? 'throw' : JSON.stringify(wanted) };
    const answer = await ask(`${url}/live`, { headers });
    expect({ ...answer, body: answer.body.replace(':"', ': "') }).toMatchObject(expected);
  });

  // Source: "Working with binary media types for REST APIs".
  test.each([
    ['as it is where the API has no binary types', [], 'aGk='],
    ['decoded where it has', ['*/*'], 'hi'],
  ])('in base64 comes %s', async (_name, binaryMediaTypes, body) => {
    const { url, method, deploy } = await startApi({ binaryMediaTypes });
    await method();
    await deploy();
    const headers = { 'x-answer': JSON.stringify({ statusCode: 200, body: 'aGk=', isBase64Encoded: true }) };
    expect(await ask(`${url}/live`, { headers })).toMatchObject({ status: 200, body });
  });
});

test('a mock answers by itself, with the headers of CORS', async () => {
  const { url, v1, method, deploy } = await startApi();
  const requestTemplates = { 'application/json': '{ statusCode: 200 }' };
  const where = await method(undefined, { httpMethod: 'OPTIONS' }, { type: 'MOCK', uri: undefined, requestTemplates });
  const template = `#set($origin = $input.params().header.get("Origin"))
#if($origin == "")
  #set($origin = $input.params().header.get("origin"))
#end
#if($origin == "https://two.example" || $origin == "https://three.example")
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;
  await v1.putIntegrationResponse({
    ...where,
    statusCode: '204',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Methods': "'GET,PUT'",
      'method.response.header.Access-Control-Allow-Origin': "'https://one.example'",
    },
    responseTemplates: { 'application/json': template },
  });
  await deploy();
  const allowed = async (origin: string) => {
    const { status, headers } = await ask(`${url}/live`, { method: 'OPTIONS', headers: { origin } });
    return [status, headers['access-control-allow-origin'], headers['access-control-allow-methods']];
  };
  expect(await allowed('https://three.example')).toEqual([204, 'https://three.example', 'GET,PUT']);
  expect(await allowed('https://other.example')).toEqual([204, 'https://one.example', 'GET,PUT']);
});

describe('a Lambda authorizer', () => {
  test.each(['TOKEN', 'REQUEST'] as const)('by %s lets in or not', async (type) => {
    const { url, v1, restApiId, method, deploy, guard } = await startApi();
    await method(undefined, await guard(type, { authorizerResultTtlInSeconds: 0 }));
    await v1.putGatewayResponse({
      restApiId,
      responseType: 'DEFAULT_4XX',
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
    });
    await deploy();
    const enter = (Authorization?: string) => ask(`${url}/live`, Authorization ? { headers: { Authorization } } : {});
    expect(JSON.parse((await enter('open')).body).requestContext.authorizer).toMatchObject({
      principalId: 'ann',
      role: 'baker',
    });
    expect(await enter('shut')).toMatchObject({
      status: 403,
      headers: { 'access-control-allow-origin': '*' },
      body: '{"Message":"User is not authorized to access this resource with an explicit deny"}',
    });
    expect(await enter()).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect((await enter('unauthorized')).status).toBe(401);
    expect((await enter('fail')).status).toBe(500);
  });

  test('by a token is not asked for one of another form, and once for each', async () => {
    const { url, method, deploy, guard, logged } = await startApi();
    await method(undefined, await guard('TOKEN', { identityValidationExpression: 'o[a-z]+' }));
    await deploy();
    for (const Authorization of ['open', 'open', 'OPEN']) {
      await ask(`${url}/live`, { headers: { Authorization } });
    }
    expect((await logged('guard')).filter((line) => line.includes('ASKED'))).toHaveLength(1);
  });
});

test('IAM refuses who has not signed', async () => {
  const { url, method, deploy } = await startApi();
  await method(undefined, { authorizationType: 'AWS_IAM' });
  await deploy();
  expect(await ask(`${url}/live`)).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
});

describe('is refused:', () => {
  test.each<[string, (api: Awaited<ReturnType<typeof startApi>>) => Promise<unknown>, string]>([
    ['an integration of a service', ({ method }) => method(undefined, {}, { type: 'AWS' }), 'NotImplemented'],
    [
      'a template that is to be run',
      ({ method }) => method(undefined, {}, { type: 'MOCK', requestTemplates: { 'application/json': '$input.body' } }),
      'NotImplemented',
    ],
    ['an authorizer of Cognito', ({ guard }) => guard('COGNITO_USER_POOLS' as never), 'NotImplemented'],
    ['a deployment without a method', ({ deploy }) => deploy(), 'BadRequestException'],
    [
      'a resource below {proxy+}',
      async ({ resource }) => resource('a', await resource('{proxy+}')),
      'BadRequestException',
    ],
    [
      'a second variable beside another',
      async ({ resource }) => [await resource('{a}'), await resource('{b}')],
      'BadRequestException',
    ],
    ['a part of a path that is none', ({ resource }) => resource('a b'), 'BadRequestException'],
    ['a second method', async ({ method }) => [await method(), await method()], 'ConflictException'],
    [
      'an authorizer that is not there',
      ({ method }) => method(undefined, { authorizationType: 'CUSTOM' }),
      'BadRequestException',
    ],
    [
      'a patch of what cannot be changed',
      ({ v1, restApiId }) =>
        v1.updateRestApi({ restApiId, patchOperations: [{ op: 'replace', path: '/id', value: 'x' }] }),
      'BadRequestException',
    ],
    ['an API that is not there', ({ v1 }) => v1.getResources({ restApiId: 'none' }), 'NotFoundException'],
  ])('%s', async (_name, call, name) => {
    const api = await startApi();
    await expect(call(api)).rejects.toMatchObject({ name });
  });
});

test('the type of its endpoint is one of its settings, which a patch changes', async () => {
  const { v1, restApiId } = await startApi();
  const op = { op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' } as const;
  const patched = await v1.updateRestApi({ restApiId, patchOperations: [op] });
  expect(patched.endpointConfiguration).toMatchObject({ types: ['REGIONAL'] });
});
