import { SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A function that reads a secret, and another that CloudFormation resolves for it; the second version has another secret. */
export const secretAndFunction: Pair = {
  name: 'SecretAndFunction',
  build: (stack, version) => {
    const secret = new Secret(stack, 'Secret', {
      secretObjectValue: { key: SecretValue.unsafePlainText(`key ${version}`) },
    });
    const reader = functionOf(
      stack,
      'Reader',
      `const { SecretString } = await send('secrets-manager', 'GetSecretValue', { SecretId: process.env.SECRET });
      return [JSON.parse(SecretString).key, process.env.RESOLVED];`,
      { environment: { SECRET: secret.secretArn, RESOLVED: secret.secretValueFromJson('key').unsafeUnwrap() } },
    );
    secret.grantRead(reader);
    return { Function: reader.functionName };
  },
  use: async ({ invoke }, version) => {
    const [read, resolved] = (await invoke('Function')) as string[];
    expect(read).toBe(`key ${version}`);
    // It is resolved when the function is made, and again when the function itself changes.
    expect(resolved).toMatch(/^key [12]$/);
  },
};
