import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Alias, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** An alias that leads to the current version; the second version is published, and the alias leads to it. */
export const aliasAndVersion: Pair = {
  name: 'AliasAndVersion',
  build: (stack, version) => {
    const greeter = functionOf(stack, 'Greeter', `return 'hello ' + ${version} + ' ' + event.text;`);
    const alias = new Alias(stack, 'Live', { aliasName: 'live', version: greeter.currentVersion as IVersion });
    return { Alias: alias.functionArn };
  },
  use: async ({ client, output, invoke, fresh }, version) => {
    expect(await invoke('Alias', { text: fresh })).toBe(`hello ${version} ${fresh}`);
    const invoked = await client(LambdaClient).send(new InvokeCommand({ FunctionName: output('Alias') }));
    expect(invoked.ExecutedVersion).toMatch(/^\d+$/);
  },
};
