import { request } from 'node:http';
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { onTestFinished } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/** Answers with the event that it got, or as the header `x-answer` says. */
const echo = `export const handler = async (event) => {
  const wanted = event.headers?.['x-answer'];
  if (wanted === 'throw') throw new Error('boom');
  return wanted ? JSON.parse(wanted) : { statusCode: 200, body: JSON.stringify(event) };
};`;

/** Lets in who has the token "open", and tells what it got. */
const guard = `export const handler = async (event) => {
  console.log('ASKED ' + JSON.stringify(event));
  const token = event.authorizationToken ?? event.identitySource?.[0] ?? event.headers.Authorization;
  if (token === 'fail') throw new Error('broken');
  if (token === 'unauthorized') throw new Error('Unauthorized');
  const Effect = token === 'open' ? 'Allow' : 'Deny';
  const Resource = event.methodArn ?? event.routeArn;
  return {
    isAuthorized: token === 'open',
    principalId: 'ann',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
    context: { role: 'baker' },
  };
};`;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The whole endpoint with the clients of both APIs of API Gateway, a function that echoes and one that guards. */
export async function startApiGateway() {
  const endpoint = await startEndpoint();
  const credentials = { accessKeyId: 'test-factory', secretAccessKey: 'x' };
  const configuration = { endpoint: endpoint.url, region: 'eu-west-1', credentials, maxAttempts: 1 };
  const [v1, v2] = [new APIGateway(configuration), new ApiGatewayV2(configuration)];
  onTestFinished(() => {
    v1.destroy();
    v2.destroy();
  });
  await endpoint.deploy('echo', echo);
  await endpoint.deploy('guard', guard);
  const uriOf = (name: string) =>
    `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${endpoint.arnOf(name)}/invocations`;
  return { ...endpoint, configuration, v1, v2, uriOf };
}

/** A request as it is written, headers that come twice included. */
export async function ask(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(url, { method, headers }, async (response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    const { statusCode = 0, headers } = response;
    resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
  });
  sent.on('error', reject).end(body);
  return promise;
}
