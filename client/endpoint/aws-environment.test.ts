import { expect, test } from 'vitest';
import { awsEnvironment, endpointUrl, environmentFor } from './aws-environment.ts';

test.each([
  { environment: {}, url: 'http://127.0.0.1:4566' },
  { environment: { AWS_ENDPOINT_URL: '' }, url: 'http://127.0.0.1:4566' },
  { environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4567' }, url: 'http://127.0.0.1:4567' },
])('the endpoint of $environment is $url', ({ environment, url }) => {
  expect(endpointUrl(environment)).toBe(url);
});

test('what would lead a tool elsewhere is gone: another identity, a token, an endpoint of one service', () => {
  const environment = environmentFor('http://127.0.0.1:1', {
    PATH: '/bin',
    AWS_PROFILE: 'production',
    AWS_SESSION_TOKEN: 'real',
    AWS_ACCESS_KEY_ID: 'AKIAREAL',
    AWS_ENDPOINT_URL_SQS: 'https://sqs.eu-west-1.amazonaws.com',
  });
  expect(environment).toMatchObject({ PATH: '/bin', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  expect(environment['AWS_ACCESS_KEY_ID']).not.toBe('AKIAREAL');
  expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(['AWS_PROFILE']));
  expect(environment).not.toHaveProperty('AWS_SESSION_TOKEN');
  expect(environment).not.toHaveProperty('AWS_ENDPOINT_URL_SQS');
});

test('a region that was chosen is kept', () => {
  expect(awsEnvironment('http://x', { AWS_REGION: 'us-west-2' }).set.AWS_DEFAULT_REGION).toBe('us-west-2');
});
