import { expect, test } from 'vitest';
import { refusal } from './deploy-target.ts';

const endpoint = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

test.each([
  { when: 'an endpoint is set', aws: undefined, env: endpoint },
  { when: 'AWS is meant, by `-c aws=true`', aws: 'true', env: {} },
  { when: 'AWS is meant, by the context of a program', aws: true, env: {} },
  { when: 'endpoints are ignored but AWS is meant', aws: 'true', env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
  {
    when: 'ignoring endpoints is off',
    aws: undefined,
    env: { ...endpoint, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
  },
])('goes ahead when $when', ({ aws, env }) => {
  expect(refusal(aws, env)).toBeUndefined();
});

test.each([
  { when: 'nothing is set', aws: undefined, env: {} },
  { when: 'the endpoint is empty', aws: undefined, env: { AWS_ENDPOINT_URL: '' } },
  { when: 'only a service has an endpoint', aws: undefined, env: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566' } },
  { when: 'AWS is said not to be meant', aws: 'false', env: {} },
  { when: '`-c aws` has no value', aws: '', env: {} },
  { when: 'endpoints are ignored', aws: undefined, env: { ...endpoint, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
])('refuses when $when', ({ aws, env }) => {
  expect(refusal(aws, env)).toMatch(/^Refused: [^\n]*-c aws=true[^\n]*$/);
});
