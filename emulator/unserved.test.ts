import * as sfn from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/** How a client of a service signs, which names the service; the secret of this key is not known, so nobody looks closer. */
const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;

const refusal = (called: string, service: string) =>
  `${service}:${called} is not served by this endpoint: there is no service ${service}.`;

test('the SDK reads the refusal of an operation that is not served, with its name', async () => {
  const { url } = await startEndpoint();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new sfn.SFN({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await expect(client.listActivities({})).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'states:ListActivities is not served by this endpoint.',
    $metadata: { httpStatusCode: 501 },
  });
});

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

test.each([
  {
    form: 'the query protocol',
    service: 'rds',
    request: { method: 'POST', headers: form, body: 'Action=DescribeDBInstances&Version=2014-10-31' },
    called: 'DescribeDBInstances',
    says: (message: string) => new RegExp(`<ErrorResponse>.*<Code>NotImplemented</Code><Message>${message}</Message>`),
  },
  {
    form: "EC2's own",
    service: 'ec2',
    request: { method: 'POST', headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15' },
    called: 'DescribeVpcs',
    says: (message: string) =>
      new RegExp(
        `^<Response><Errors><Error><Code>NotImplemented</Code><Message>${message}</Message></Error></Errors><RequestID>`,
      ),
  },
  {
    form: 'REST with XML',
    service: 'route53',
    request: { path: '/2013-04-01/hostedzone' },
    called: 'GET /2013-04-01/hostedzone',
    says: (message: string) => new RegExp(`<Code>NotImplemented</Code><Message>${message}</Message>`),
  },
  {
    form: 'REST with JSON',
    service: 'appsync',
    request: { path: '/v1/apis' },
    called: 'GET /v1/apis',
    says: (message: string) => new RegExp(`^\\{"message":"${message}"\\}$`),
  },
  {
    form: 'JSON',
    service: 'kms',
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Encrypt' },
      body: '{}',
    },
    called: 'Encrypt',
    says: (message: string) => new RegExp(`"__type":"NotImplemented".*"${message}"`),
  },
  {
    form: 'CBOR',
    service: 'monitoring',
    request: {
      method: 'POST',
      path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
      headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    },
    called: 'PutMetricData',
    says: (message: string) => new RegExp(`__type.*NotImplemented.*${message}`),
  },
])('$form: $service:$called is refused in it', async ({ service, request, called, says }) => {
  const { url } = await startEndpoint();
  const { path = '/', headers, ...rest } = request as RequestInit & { path?: string };
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const answer = await fetch(url + path, {
    ...rest,
    headers: { ...headers, authorization: authorization(service), 'x-amz-date': date },
  });
  expect(answer.status).toBe(501);
  expect(await answer.text()).toMatch(says(refusal(called, service)));
});
