import { expect, test } from 'vitest';
import { refusal } from './deploy-target.ts';
import type { Surroundings } from './surroundings.ts';

const endpoint = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
const ignoring = { name: 'work', settings: { ignore_configured_endpoint_urls: 'true' } };

const plain: Surroundings = { aws: undefined, env: {}, contextFiles: [], profile: { name: 'default', settings: {} } };

test.each<Partial<Surroundings> & { when: string }>([
  { when: 'an endpoint is set', env: endpoint },
  { when: 'AWS is meant, by `-c aws=true`', aws: 'true' },
  { when: 'AWS is meant, by the context of a program', aws: true },
  { when: 'endpoints are ignored but AWS is meant', aws: 'true', env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
  { when: 'ignoring endpoints is off', env: { ...endpoint, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' } },
  {
    when: 'a profile ignores endpoints and the environment does not',
    env: { ...endpoint, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
    profile: ignoring,
  },
  {
    when: 'a service has a local endpoint of its own',
    env: { ...endpoint, AWS_ENDPOINT_URL_S3: 'http://localhost:9000' },
  },
  { when: 'the endpoint is a container by its name', env: { AWS_ENDPOINT_URL: 'http://localstack:4566' } },
  {
    when: 'the context files say nothing of AWS',
    env: endpoint,
    contextFiles: [{ name: 'cdk.json', context: { a: 1 } }],
  },
])('goes ahead when $when', ({ when: _, ...given }) => {
  expect(refusal({ ...plain, ...given })).toBeUndefined();
});

test.each<Partial<Surroundings> & { when: string }>([
  { when: 'nothing is set' },
  { when: 'the endpoint is empty', env: { AWS_ENDPOINT_URL: '' } },
  { when: 'the endpoint is no URL', env: { AWS_ENDPOINT_URL: 'here' } },
  { when: 'the endpoint is a host of AWS', env: { AWS_ENDPOINT_URL: 'https://s3.eu-west-1.amazonaws.com' } },
  { when: 'only a service has an endpoint', env: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566' } },
  {
    when: 'a service has an endpoint elsewhere',
    env: { ...endpoint, AWS_ENDPOINT_URL_SQS: 'https://queues.corporate.example' },
  },
  { when: 'AWS is said not to be meant', aws: 'false' },
  { when: '`-c aws` has no value', aws: '' },
  { when: 'endpoints are ignored', env: { ...endpoint, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
  { when: 'the profile ignores endpoints', env: endpoint, profile: ignoring },
  { when: 'a file means AWS', aws: true, contextFiles: [{ name: 'cdk.context.json', context: { aws: true } }] },
  {
    when: 'a file means AWS, and the command line too',
    aws: 'true',
    contextFiles: [{ name: '~/.cdk.json', context: { aws: 'true' } }],
  },
  { when: 'a variable means AWS', aws: 'true', env: { CDK_CONTEXT: 'stages=Factor12 aws=true' } },
])('refuses when $when', ({ when: _, ...given }) => {
  expect(refusal({ ...plain, ...given })).toMatch(/^Refused: [^\n]*-c aws=true[^\n]*$/);
});
