import { expect, test } from 'vitest';
import { mayRead } from './grants.ts';

const parameter = 'parameter/CFN-OvenTime-1';
const arn = `arn:aws:ssm:eu-west-1:000000000000:${parameter}`;
const secret = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:SupplierKey-a1B2c3';

test.each([
  { Action: 'ssm:GetParameter', Resource: arn, may: true },
  { Action: ['ssm:GetParameters', 'ssm:GetParameter'], Resource: ['arn:aws:s3:::other', arn], may: true },
  { Action: 'ssm:Get*', Resource: '*', may: true },
  { Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:eu-west-1:000000000000:parameter/CFN-*', may: true },
  { Action: 'ssm:GetParameters', Resource: arn, may: false },
  { Action: 'ssm:PutParameter', Resource: arn, may: false },
  { Action: 'ssm:GetParameter', Resource: `${arn}2`, may: false },
  { Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:eu-west-1:000000000000:parameter/other', may: false },
  { Action: 'ssm:GetParameter', Resource: [], may: false },
])('$Action on $Resource lets a function read it: $may', ({ may, ...statement }) => {
  expect(mayRead([{ Statement: { Effect: 'Allow', ...statement } }], 'ssm:GetParameter', parameter)).toBe(may);
});

test('a secret is known by its whole ARN, or by one with a pattern for the end that Secrets Manager adds', () => {
  const allowing = (Resource: string) => [
    { Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource }] },
  ];
  expect(mayRead(allowing(secret), 'secretsmanager:GetSecretValue', secret)).toBe(true);
  expect(mayRead(allowing(secret.replace(/.{6}$/, '??????')), 'secretsmanager:GetSecretValue', secret)).toBe(true);
  expect(mayRead(allowing(secret.replace('Supplier', 'Other')), 'secretsmanager:GetSecretValue', secret)).toBe(false);
});

test('what denies lets nobody in', () => {
  expect(mayRead([{ Statement: { Effect: 'Deny', Action: '*', Resource: '*' } }], 'ssm:GetParameter', arn)).toBe(false);
});
