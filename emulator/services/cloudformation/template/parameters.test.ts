import { describe, expect, test } from 'vitest';
import { describeParameters, resolveParameters } from './parameters.ts';
import type { ParameterDefinition } from './template.ts';

const values = (definition: Partial<ParameterDefinition>, given?: string) =>
  resolveParameters(
    new Map([['P', { Type: 'String', ...definition }]]),
    given === undefined ? [] : [{ ParameterKey: 'P', ParameterValue: given }],
    undefined,
    (name) => ({ '/recipe': 'rye', '/list': 'a,b' })[name],
  );

describe('parameters', () => {
  test.each<[definition: Partial<ParameterDefinition>, given: string | undefined, expected: unknown]>([
    [{}, 'x', 'x'],
    [{ Default: 5 }, undefined, '5'],
    [{ Default: '' }, undefined, ''],
    [{ Type: 'Number' }, '1.5', '1.5'],
    [{ Type: 'CommaDelimitedList' }, 'a, b', ['a', 'b']],
    [{ Type: 'List<Number>' }, '1,2', ['1', '2']],
    [{ Type: 'AWS::SSM::Parameter::Value<String>' }, '/recipe', 'rye'],
    [{ Type: 'AWS::SSM::Parameter::Value<List<String>>' }, '/list', ['a', 'b']],
    [{ Type: 'AWS::EC2::VPC::Id' }, 'vpc-1', 'vpc-1'],
    [{ AllowedPattern: '[a-z]+' }, 'abc', 'abc'],
  ])('%j of %j', (definition, given, expected) => {
    expect(values(definition, given).get('P')?.value).toEqual(expected);
  });

  test.each<[definition: Partial<ParameterDefinition>, given: string | undefined, message: string]>([
    [{}, undefined, 'Parameters: [P] must have values'],
    [{ AllowedValues: ['a', 'b'] }, 'c', "Parameter 'P' must be one of AllowedValues"],
    [{ AllowedPattern: '[a-z]+' }, 'abc1', "Parameter 'P' must match pattern [a-z]+"],
    [{ AllowedPattern: 'a', ConstraintDescription: 'only a' }, 'b', 'failed to satisfy constraint: only a'],
    [{ MinLength: 3 }, 'ab', "Parameter 'P' must contain at least 3 characters"],
    [{ MaxLength: '1' }, 'ab', "Parameter 'P' must contain at most 1 characters"],
    [{ Type: 'Number' }, 'x', "Parameter 'P' must be a number"],
    [{ Type: 'Number', MinValue: 2 }, '1', "Parameter 'P' must be a number not less than 2"],
    [{ Type: 'Number', MaxValue: 2 }, '3', "Parameter 'P' must be a number not greater than 2"],
    [{ Type: 'Cake' }, 'x', 'Unrecognized parameter type: Cake'],
    [{ Type: 'AWS::SSM::Parameter::Value<String>' }, '/none', 'Unable to fetch parameters [/none]'],
  ])('%j of %j is refused', (definition, given, message) => {
    expect(() => values(definition, given)).toThrow(message);
  });

  test('one that the template does not have is refused by name', () => {
    const given = [{ ParameterKey: 'Q', ParameterValue: '1' }];
    expect(() => resolveParameters(new Map(), given, undefined, () => undefined)).toThrow(
      'Parameters: [Q] do not exist in the template',
    );
  });

  test('UsePreviousValue takes what was given before, not the default', () => {
    const definitions = new Map([['P', { Type: 'String', Default: 'd' }]]);
    const given = [{ ParameterKey: 'P', UsePreviousValue: true }];
    expect(resolveParameters(definitions, given, values({}, 'before'), () => undefined).get('P')?.value).toBe('before');
  });

  test('NoEcho shows asterisks, an SSM type also what it resolved to', () => {
    expect(describeParameters(values({ NoEcho: true }, 'hush'))).toEqual([
      { ParameterKey: 'P', ParameterValue: '****' },
    ]);
    expect(describeParameters(values({ Type: 'AWS::SSM::Parameter::Value<String>' }, '/recipe'))).toEqual([
      { ParameterKey: 'P', ParameterValue: '/recipe', ResolvedValue: 'rye' },
    ]);
  });
});
