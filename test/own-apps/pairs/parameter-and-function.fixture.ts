import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A function that reads a parameter at each call; the second version has another value, and a parameter more. */
export const parameterAndFunction: Pair = {
  name: 'ParameterAndFunction',
  build: (stack, version) => {
    const names = version === 1 ? ['a'] : ['a', 'b'];
    const reader = functionOf(
      stack,
      'Reader',
      `const { Parameters } = await send('ssm', 'GetParametersByPath', { Path: '/parameter-and-function/' });
      return Parameters.map(({ Value }) => Value);`,
    );
    for (const name of names) {
      const parameterName = `/parameter-and-function/${name}`;
      new StringParameter(stack, `Parameter${name}`, { parameterName, stringValue: `${name}${version}` }).grantRead(
        reader,
      );
    }
    return { Function: reader.functionName };
  },
  use: async ({ invoke }, version) => {
    expect(await invoke('Function')).toEqual(version === 1 ? ['a1'] : ['a2', 'b2']);
  },
};
