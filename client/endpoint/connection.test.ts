import { expect, test } from 'vitest';
import { aws, connectionTo } from './connection.ts';

const onAws = 'https://abc.lambda-url.eu-west-1.on.aws/';
const endpoint = 'http://127.0.0.1:4566';

test.each([
  {
    what: 'an embedded function, by its own port',
    url: 'http://127.0.0.1:49152/orders',
    endpoint,
    leads: { protocol: 'http:', hostname: '127.0.0.1', port: 49152, host: '127.0.0.1:49152' },
  },
  {
    what: "LocalStack's, without DNS",
    url: 'http://abc.lambda-url.eu-west-1.localhost.localstack.cloud:4566/',
    endpoint: 'http://127.0.0.1:4971',
    leads: {
      ...{ protocol: 'http:', hostname: '127.0.0.1', port: 4971 },
      host: 'abc.lambda-url.eu-west-1.localhost.localstack.cloud:4566',
    },
  },
  {
    what: 'one with the domain of AWS, at a local endpoint',
    url: onAws,
    endpoint,
    leads: { protocol: 'http:', hostname: '127.0.0.1', port: 4566, host: 'abc.lambda-url.eu-west-1.on.aws' },
  },
  {
    what: 'one at an endpoint with TLS',
    url: onAws,
    endpoint: 'https://[::1]',
    leads: { protocol: 'https:', hostname: '::1', port: 443, host: 'abc.lambda-url.eu-west-1.on.aws' },
  },
  {
    what: 'one on AWS, where AWS is meant',
    url: onAws,
    endpoint: aws,
    leads: {
      ...{ protocol: 'https:', hostname: 'abc.lambda-url.eu-west-1.on.aws', port: 443 },
      host: 'abc.lambda-url.eu-west-1.on.aws',
    },
  },
] as const)('leads to $what', ({ url, endpoint, leads }) => {
  expect(connectionTo(url, endpoint)).toEqual(leads);
});

test.each([
  { when: 'the endpoint is a host of AWS', endpoint: 'https://lambda.eu-west-1.amazonaws.com' },
  { when: 'no endpoint is named', endpoint: undefined },
])('refuses a host of AWS where $when', ({ endpoint }) => {
  expect(() => connectionTo(onAws, endpoint)).toThrow('belongs to AWS');
});
