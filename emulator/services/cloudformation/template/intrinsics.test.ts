// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import { describe, expect, test } from 'vitest';
import { region } from '../resources.fixture.ts';
import { resolveConditions } from './conditions.ts';
import { knownAfterApply, resolve } from './intrinsics.ts';
import { resolveParameters } from './parameters.ts';
import { assertRules } from './rules.ts';
import { createScope } from './scope.ts';
import { parseTemplate } from './template.ts';

const template = parseTemplate(`
Parameters:
  Flour: { Type: String, Default: rye }
  Toppings: { Type: CommaDelimitedList, Default: 'salt, seeds' }
  Secret: { Type: String, Default: hush, NoEcho: true }
Mappings:
  Ovens: { eu-north-1: { Degrees: 220, Shelves: [low, high] } }
Conditions:
  IsRye: !Equals [!Ref Flour, rye]
  IsWheat: !Not [!Condition IsRye]
  Either: !Or [!Condition IsWheat, !Condition IsRye]
  Both: !And [!Condition IsWheat, !Condition IsRye]
  NoNumber: !Equals [1, '1']
Resources:
  Oven: { Type: 'Test::Oven' }
  Later: { Type: 'Test::Oven' }
`);
const parameters = resolveParameters(template.parameters, [], undefined, () => undefined);
const surroundings = {
  region: region,
  stackId: 'arn:stack',
  stackName: 'Bakery',
  parameters,
  getParameter: (name: string) => ({ '/price': '3', '/price:2': '4' })[name],
};
const conditions = resolveConditions(template.conditions, (condition) =>
  createScope(template, { ...surroundings, condition }),
);
const oven = { physicalId: 'oven-1', attributes: { Arn: 'arn:oven-1', 'Door.Handle': 'left' } };
const scope = createScope(template, {
  ...surroundings,
  condition: (name) => conditions.get(name) ?? false,
  resource: (id) => (id === 'Oven' ? oven : 'unknown'),
  importValue: (name) => `imported ${name}`,
});

describe('intrinsic functions', () => {
  test.each<[what: string, value: unknown, expected: unknown]>([
    ['a parameter', { Ref: 'Flour' }, 'rye'],
    ['a list parameter', { Ref: 'Toppings' }, ['salt', 'seeds']],
    ['a resource', { Ref: 'Oven' }, 'oven-1'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-north-1'],
    ['the account', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['the stack', { 'Fn::Join': ['|', [{ Ref: 'AWS::StackName' }, { Ref: 'AWS::StackId' }]] }, 'Bakery|arn:stack'],
    ['the partition', { 'Fn::Sub': '${AWS::Partition}.${AWS::URLSuffix}' }, 'aws.amazonaws.com'],
    ['no value at the top', { Ref: 'AWS::NoValue' }, undefined],
    ['no value in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['no value in a list', [1, { 'Fn::If': ['IsWheat', 2, { Ref: 'AWS::NoValue' }] }, 3], [1, 3]],
    ['an attribute', { 'Fn::GetAtt': ['Oven', 'Arn'] }, 'arn:oven-1'],
    ['an attribute as text', { 'Fn::GetAtt': 'Oven.Arn' }, 'arn:oven-1'],
    ['a nested attribute', { 'Fn::GetAtt': ['Oven', 'Door.Handle'] }, 'left'],
    ['a substitution', { 'Fn::Sub': '${Flour} in ${Oven} of ${Oven.Arn}' }, 'rye in oven-1 of arn:oven-1'],
    ['variables of a substitution', { 'Fn::Sub': ['${A}-${Flour}', { A: { Ref: 'Oven' } }] }, 'oven-1-rye'],
    ['a literal in a substitution', { 'Fn::Sub': '${!Flour} $ {x} $1' }, '${Flour} $ {x} $1'],
    ['a join of all scalars', { 'Fn::Join': [',', ['a', 1, true, { Ref: 'Flour' }]] }, 'a,1,true,rye'],
    ['a join of a list parameter', { 'Fn::Join': ['+', { Ref: 'Toppings' }] }, 'salt+seeds'],
    ['a selection', { 'Fn::Select': ['1', { Ref: 'Toppings' }] }, 'seeds'],
    ['a split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
    ['a condition that holds', { 'Fn::If': ['IsRye', 'dark', 'light'] }, 'dark'],
    ['a condition that does not', { 'Fn::If': ['IsWheat', 'light', 'dark'] }, 'dark'],
    ['or', { 'Fn::If': ['Either', 1, 2] }, 1],
    ['and', { 'Fn::If': ['Both', 1, 2] }, 2],
    ['numbers as strings', { 'Fn::If': ['NoNumber', 1, 2] }, 1],
    ['a mapping', { 'Fn::FindInMap': ['Ovens', { Ref: 'AWS::Region' }, 'Degrees'] }, 220],
    ['a list in a mapping', { 'Fn::FindInMap': ['Ovens', 'eu-north-1', 'Shelves'] }, ['low', 'high']],
    ['a default of a mapping', { 'Fn::FindInMap': ['Ovens', 'mars', 'Degrees', { DefaultValue: 5 }] }, 5],
    ['base64', { 'Fn::Base64': { Ref: 'Flour' } }, 'cnll'],
    ['an import', { 'Fn::ImportValue': { 'Fn::Sub': '${Flour}-x' } }, 'imported rye-x'],
    ['zones', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'eu-north-1a'],
    ['a length', { 'Fn::Length': { Ref: 'Toppings' } }, 2],
    ['JSON', { 'Fn::ToJsonString': { a: { Ref: 'Flour' } } }, '{"a":"rye"}'],
    ['an SSM parameter', 'costs {{resolve:ssm:/price}}', 'costs 3'],
    ['a version of an SSM parameter', { 'Fn::Sub': '{{resolve:ssm:/price:2}}' }, '4'],
    [
      'a secret, left for later',
      '{{resolve:secretsmanager:x:SecretString:y}}',
      '{{resolve:secretsmanager:x:SecretString:y}}',
    ],
    ['a condition of IAM, which is none', { Condition: { Bool: { a: 'b' } } }, { Condition: { Bool: { a: 'b' } } }],
    ['what is not known yet', { 'Fn::GetAtt': ['Later', 'Arn'] }, knownAfterApply],
    ['a join of it', { 'Fn::Join': ['/', ['a', { Ref: 'Later' }]] }, `a/${knownAfterApply}`],
    ['a selection from it', { 'Fn::Select': [3, { 'Fn::Split': [':', { Ref: 'Later' }] }] }, knownAfterApply],
  ])('%s', (_what, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test.each<[value: unknown, message: string]>([
    [{ 'Fn::GetAtt': ['Oven', 'Colour'] }, 'resource Oven does not support attribute type Colour in Fn::GetAtt'],
    [{ 'Fn::Select': [7, ['a']] }, 'Fn::Select cannot select nonexistent value at index 7'],
    [{ 'Fn::FindInMap': ['Ovens', 'constructor', 'name'] }, 'Unable to get mapping for Ovens::constructor::name'],
    [{ 'Fn::FindInMap': ['Ovens', 'mars', 'Degrees'] }, 'Unable to get mapping for Ovens::mars::Degrees'],
    [{ 'Fn::Join': ['x'] }, 'every Fn::Join object requires a list of 2 parameters'],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'Fn::Join requires a string, not {"a":1}'],
    [{ 'Fn::Bake': [] }, 'Fn::Bake is not served'],
    [{ 'Fn::Sub': 'x', other: 1 }, 'Fn::Sub must be the only member of its object'],
    [{ Ref: 'Nobody' }, 'Unresolved resource dependencies [Nobody]'],
    ['{{resolve:ssm:/nothing}}', 'Unable to fetch parameters [/nothing] from parameter store'],
  ])('%j is refused', (value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });

  test('parameters with NoEcho are masked where they are only shown', () => {
    const masked = createScope(template, { ...surroundings, condition: () => false, masked: true });
    expect(resolve({ 'Fn::Sub': '${Secret} ${Flour}' }, masked)).toBe('**** rye');
  });
});

describe('conditions', () => {
  test('one that depends on itself is refused by name', () => {
    const circular = new Map([
      ['A', { Condition: 'B' }],
      ['B', { 'Fn::Not': [{ Condition: 'A' }] }],
    ]);
    const table = () =>
      resolveConditions(circular, (condition) => createScope(template, { ...surroundings, condition }));
    expect(table).toThrow('circular condition dependency for condition A');
  });
});

describe('rules', () => {
  const rule = (Assert: unknown, RuleCondition?: unknown) =>
    new Map([
      [
        'Check',
        { Assertions: [{ Assert, AssertDescription: 'no cake' }], ...(RuleCondition ? { RuleCondition } : {}) },
      ],
    ]);
  const contains = { 'Fn::Contains': [['rye', 'oat'], { Ref: 'Flour' }] };

  test.each<[what: string, rules: ReturnType<typeof rule>, passes: boolean]>([
    ['an assertion that holds', rule(contains), true],
    ['an assertion that fails', rule({ 'Fn::Not': [contains] }), false],
    ['a rule that does not apply', rule({ 'Fn::Not': [contains] }, { 'Fn::Equals': ['a', 'b'] }), true],
    ['each member in', rule({ 'Fn::EachMemberIn': [{ Ref: 'Toppings' }, ['salt', 'seeds', 'nuts']] }), true],
    ['each member equals', rule({ 'Fn::EachMemberEquals': [{ Ref: 'Toppings' }, 'salt'] }), false],
  ])('%s', (_what, rules, passes) => {
    if (passes) {
      expect(() => assertRules(rules, scope)).not.toThrow();
    } else {
      expect(() => assertRules(rules, scope)).toThrow('Rule Check: no cake');
    }
  });
});
