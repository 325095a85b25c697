import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAwsHost, isLoopbackHost } from './aws-hosts.ts';

test.each([
  'sts.eu-west-1.amazonaws.com',
  'STS.EU-WEST-1.AMAZONAWS.COM',
  'sqs.eu-west-1.amazonaws.com.',
  'amazonaws.com',
  'vpce-1-2.cloudformation.eu-west-1.vpce.amazonaws.com',
  'abc.lambda-url.eu-west-1.on.aws',
  's3.dualstack.eu-west-1.api.aws',
  'cloudformation.cn-north-1.amazonaws.com.cn',
])('%s belongs to AWS', (host) => {
  expect(isAwsHost(host)).toBe(true);
});

test.each([
  'localhost',
  '127.0.0.1',
  '[::1]',
  'localstack',
  'abc.localhost.localstack.cloud',
  'notamazonaws.com',
  'aws.example',
])('%s does not belong to AWS', (host) => {
  expect(isAwsHost(host)).toBe(false);
});

test('every partition that the SDK knows belongs to AWS', () => {
  const file = join('dist-es', 'submodules', 'client', 'util-endpoints', 'lib', 'aws', 'partitions.js');
  const rules = readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', '@aws-sdk', 'core', file), 'utf8');
  const suffixes = [...rules.matchAll(/nsSuffix": "([^"]+)"/g)].map(([, suffix = '']) => suffix);
  expect(suffixes.length).toBeGreaterThan(10);
  expect(suffixes.filter((suffix) => !isAwsHost(`sts.some-region.${suffix}`))).toEqual([]);
});

test.each([
  { host: 'localhost', is: true },
  { host: '127.0.0.1', is: true },
  { host: '[::1]', is: true },
  { host: 'abc.localhost', is: false },
  { host: '127.example.com', is: false },
])('$host is this machine: $is', ({ host, is }) => {
  expect(isLoopbackHost(host)).toBe(is);
});
