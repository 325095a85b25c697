// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import { describe, expect, test } from 'vitest';
import { resolveConditions } from './conditions.ts';
import { creationOrder } from './graph.ts';
import { resolve } from './intrinsics.ts';
import { resolveParameters } from './parameters.ts';
import { createScope } from './scope.ts';
import { parseTemplate } from './template.ts';
import { assertBodySize, assertObjectSize } from './template-limits.ts';
import { readTemplate } from './template-reader.ts';
import { readTemplateText } from './template-text.ts';

const box = { Type: 'Test::Box' };
const named = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`N${i}`, value]));

describe('the sizes of a template', () => {
  test.each<[what: string, most: number, template: (count: number) => object]>([
    ['resources', 500, (count) => ({ Resources: named(count, box) })],
    ['parameters', 200, (count) => ({ Resources: { A: box }, Parameters: named(count, { Type: 'String' }) })],
    ['outputs', 200, (count) => ({ Resources: { A: box }, Outputs: named(count, { Value: 1 }) })],
    ['mappings', 200, (count) => ({ Resources: { A: box }, Mappings: named(count, { a: { b: 1 } }) })],
  ])('no more %s than %i', (what, most, template) => {
    expect(() => parseTemplate(JSON.stringify(template(most)))).not.toThrow();
    expect(() => parseTemplate(JSON.stringify(template(most + 1)))).toThrow(
      `Template format error: Number of ${what}, ${most + 1}, is greater than maximum allowed, ${most}`,
    );
  });

  test('no more attributes of a mapping than 200', () => {
    const template = { Resources: { A: box }, Mappings: { M: named(201, { b: 1 }) } };
    expect(() => parseTemplate(JSON.stringify(template))).toThrow('201, is greater than maximum allowed, 200');
  });

  test('51,200 bytes in a request, 1 MB in S3', () => {
    expect(() => assertBodySize('x'.repeat(51_200))).not.toThrow();
    expect(() => assertBodySize('x'.repeat(51_201))).toThrow(
      "at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
    );
    expect(() => assertObjectSize(Buffer.alloc(1_048_576))).not.toThrow();
    expect(() => assertObjectSize(Buffer.alloc(1_048_577))).toThrow('Template may not exceed 1048576 bytes in size.');
  });

  test('4,096 bytes of a parameter', () => {
    const definitions = new Map([['P', { Type: 'String' }]]);
    const given = [{ ParameterKey: 'P', ParameterValue: 'x'.repeat(4097) }];
    expect(() => resolveParameters(definitions, given, undefined, () => undefined)).toThrow('at most 4096 characters');
  });
});

describe('texts that grow as they are read', () => {
  const laughs = (levels: number, width: number): string =>
    [
      'a0: &a0 x',
      ...Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(width).fill(`*a${i}`)}]`),
    ].join('\n');

  test.each([
    { what: 'aliases of aliases', text: laughs(9, 9), message: 'exceeds 1048576 bytes' },
    {
      what: 'an alias of a long text, many times',
      text: `a: &a ${'x'.repeat(10_000)}\nb: [${Array(200).fill('*a')}]`,
      message: 'exceeds 1048576 bytes',
    },
    { what: 'an alias within itself', text: 'Resources: &a {Q: *a}', message: 'YAML alias *a has no anchor before it' },
    { what: 'an alias without an anchor', text: 'a: *b', message: 'YAML alias *b has no anchor before it' },
    { what: 'deep lists', text: `a: ${'['.repeat(20_000)}`, message: 'nests deeper than 128 levels' },
    { what: 'deep dashes', text: `a:\n${'- '.repeat(20_000)}b`, message: 'nests deeper than 128 levels' },
    { what: 'deep keys', text: `${'? '.repeat(20_000)}b`, message: 'nests deeper than 128 levels' },
    {
      what: 'deep maps',
      text: Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      message: 'nests deeper than 128 levels',
    },
    { what: 'deep JSON', text: `{"a":${'['.repeat(50_000)}`, message: 'nests deeper than 128 levels' },
    { what: 'a key twice', text: 'a: 1\nb: 2\na: 3', message: 'duplicate key a' },
    { what: 'several documents', text: '--- a\n--- b\n', message: 'YAML not well-formed. (line 2' },
  ])('$what', ({ text, message }) => {
    expect(() => readTemplateText(text)).toThrow(message);
  });

  test('aliases of what is small are resolved', () => {
    expect(readTemplateText('a: &a [1, &b x]\nb: [*a, *b]')).toEqual({ a: [1, 'x'], b: [[1, 'x'], 'x'] });
  });

  test('a large text is read elsewhere, with the same answer', async () => {
    const text = `a: !Sub "${'x'.repeat(60_000)}"\nb: !GetAtt C.D`;
    expect(await readTemplate(text)).toEqual(readTemplateText(text));
    await expect(readTemplate(`${text}\nc: !Bake x`)).rejects.toThrow('unknown tag !Bake');
  });
});

const scopeFor = () =>
  createScope(
    parseTemplate(JSON.stringify({ Resources: { A: box }, Mappings: { M: { a: { b: 'x'.repeat(500_000) } } } })),
    {
      region: { accountId: '123456789012', name: 'eu-west-1', endpoint: 'http://127.0.0.1' },
      stackId: 'id',
      stackName: 'name',
      parameters: new Map(),
      condition: () => true,
      getParameter: () => 'x'.repeat(8192),
    },
  );

/** A function of itself of itself, so many times. */
const nested = (levels: number, around: (inner: unknown) => unknown, inner: unknown = 'x'): unknown =>
  levels === 0 ? inner : nested(levels - 1, around, around(inner));

describe('functions that make more than they are given', () => {
  const found = { 'Fn::FindInMap': ['M', 'a', 'b'] };
  test.each<[what: string, value: unknown]>([
    ['Fn::Sub of itself', nested(40, (a) => ({ 'Fn::Sub': ['${a}${a}', { a }] }))],
    ['Fn::Join of itself', nested(30, (a) => ({ 'Fn::Join': [a, ['', '', '']] }), 'xx')],
    ['Fn::Base64 of itself', nested(100, (a) => ({ 'Fn::Base64': a }))],
    ['Fn::ToJsonString of itself', nested(60, (a) => ({ 'Fn::ToJsonString': a }), '"')],
    ['a long separator', { 'Fn::Join': [found, Array(100).fill('')] }],
    ['a long mapping, many times', Array(100).fill(found)],
    ['a long mapping in one text', { 'Fn::ToJsonString': Array(100).fill(found) }],
    ['long texts that are split', Array(100).fill({ 'Fn::Split': ['', found] })],
    ['many references to Parameter Store', '{{resolve:ssm:a}}'.repeat(1000)],
    ['Parameter Store in Fn::Sub', { 'Fn::Sub': '{{resolve:ssm:a}}'.repeat(1000) }],
  ])('%s', (_, value) => {
    expect(() => resolve(value, scopeFor())).toThrow(/resolves? to more than \d+ bytes/);
  });
});

describe('chains', () => {
  const chain = new Map(Array.from({ length: 10_000 }, (_, i) => [`C${i}`, new Set([`C${i + 1}`])]));

  test('of dependencies may be long', () => {
    const order = creationOrder(new Map([...chain, ['C10000', new Set<string>()]]));
    expect([order.length, order[0], order.at(-1)]).toEqual([10_001, 'C10000', 'C0']);
  });

  test('of dependencies may not end where they began', () => {
    const ring = new Map([...chain, ['C10000', new Set(['C0'])]]);
    expect(() => creationOrder(ring)).toThrow('Circular dependency between resources: [C0, C1, ');
  });

  test('of conditions may be long', () => {
    const conditions = new Map<string, unknown>(
      Array.from({ length: 10_000 }, (_, i) => [`C${i}`, { 'Fn::Not': [{ Condition: `C${i + 1}` }] }]),
    ).set('C10000', true);
    const table = resolveConditions(conditions, (condition) => ({ ...scopeFor(), condition }));
    expect([table.get('C0'), table.get('C1')]).toEqual([true, false]);
  });
});

describe('values of a wrong shape', () => {
  const odd = { toString: 1, valueOf: 1 };
  test.each<[what: string, template: object, message: string]>([
    ['DependsOn', { Resources: { A: { ...box, DependsOn: 5 } } }, 'DependsOn must be a string or list of strings'],
    [
      'a member of DependsOn',
      { Resources: { A: { ...box, DependsOn: [5] } } },
      'Every DependsOn value must be a string',
    ],
    ['a condition', { Resources: { A: { ...box, Condition: odd } } }, 'Every Condition member must be a string'],
    ['a policy', { Resources: { A: { ...box, DeletionPolicy: odd } } }, 'Unrecognized DeletionPolicy'],
    [
      'allowed values',
      { Resources: { A: box }, Parameters: { P: { Type: 'String', AllowedValues: 5 } } },
      'AllowedValues',
    ],
    [
      'a pattern',
      { Resources: { A: box }, Parameters: { P: { Type: 'String', AllowedPattern: 5 } } },
      'AllowedPattern',
    ],
    [
      'a default',
      { Resources: { A: box }, Parameters: { P: { Type: 'String', Default: odd } } },
      'Every Default value',
    ],
    ['an assertion', { Resources: { A: box }, Rules: { R: { Assertions: [null] } } }, "'null' values are not allowed"],
    ['a transform', { Resources: { A: box }, Transform: [odd] }, 'Every Transform value must be a string'],
    ['a version', { Resources: { A: box }, AWSTemplateFormatVersion: odd }, 'AWSTemplateFormatVersion'],
  ])('%s', (_, template, message) => {
    expect(() => parseTemplate(JSON.stringify(template))).toThrow(message);
  });

  test.each<[value: unknown]>([
    [{ Ref: odd }],
    [{ 'Fn::GetAtt': odd }],
    [{ 'Fn::GetAtt': ['A', odd] }],
    [{ 'Fn::Sub': odd }],
    [{ 'Fn::If': [odd, 1, 2] }],
    [{ 'Fn::FindInMap': ['M', odd, 'b'] }],
    [{ 'Fn::FindInMap': ['M', 'constructor', 'name'] }],
    [{ 'Fn::constructor': 1 }],
  ])('%j', (value) => {
    expect(() => resolve(value, scopeFor())).toThrow(/Template error/);
  });
});

describe('allowed patterns', () => {
  const check = (AllowedPattern: string, ParameterValue: string) => () =>
    resolveParameters(
      new Map([['P', { Type: 'String', AllowedPattern }]]),
      [{ ParameterKey: 'P', ParameterValue }],
      undefined,
      () => undefined,
    );

  test('are matched without trying twice', () => {
    expect(check('(a+)+$', `${'a'.repeat(4000)}b`)).toThrow("Parameter 'P' must match pattern (a+)+$");
    expect(check('(a+)+$', 'a'.repeat(4000))).not.toThrow();
  });

  test('that are not understood are said to be', () => {
    expect(check('(?=.*[0-9]).{8,}', 'abcdefg8')).toThrow('(?=.*[0-9]).{8,} is not served by this endpoint');
  });
});
