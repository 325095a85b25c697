import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FilterPolicyScope, readFilterPolicy } from './filter-policy.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const number = (value: number) => ({ DataType: 'Number', StringValue: String(value) });
const list = (...values: unknown[]) => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });

// The examples of the SNS Developer Guide, "String value matching", "Numeric value matching", "Key matching", "AND/OR logic".
const attributes = {
  customer_interests: text('rugby'),
  teams: list('rugby', 'baseball'),
  price_usd: number(100),
  source_ip: text('10.0.0.25'),
  photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1]) },
};

describe('of attributes', () => {
  test.each<[object, boolean]>([
    [{}, true],
    [{ customer_interests: ['rugby'] }, true],
    [{ customer_interests: ['soccer', 'rugby'] }, true],
    [{ customer_interests: ['Rugby'] }, false],
    [{ customer_interests: [{ prefix: 'ru' }] }, true],
    [{ customer_interests: [{ suffix: 'gby' }] }, true],
    [{ customer_interests: [{ 'equals-ignore-case': 'RUGBY' }] }, true],
    [{ customer_interests: [{ wildcard: 'r*y' }] }, true],
    [{ customer_interests: [{ 'anything-but': ['rugby', 'tennis'] }] }, false],
    [{ customer_interests: [{ 'anything-but': { prefix: 'ten' } }] }, true],
    [{ teams: ['baseball'] }, true],
    [{ teams: ['tennis'] }, false],
    [{ price_usd: [100] }, true],
    [{ price_usd: ['100'] }, false],
    [{ price_usd: [{ numeric: ['>', 0, '<=', 150] }] }, true],
    [{ price_usd: [{ numeric: ['<', 100] }] }, false],
    [{ price_usd: [{ 'anything-but': [100, 500] }] }, false],
    [{ source_ip: [{ cidr: '10.0.0.0/24' }] }, true],
    [{ source_ip: [{ cidr: '10.1.0.0/24' }] }, false],
    [{ store: [{ exists: false }] }, true],
    [{ store: [{ exists: true }] }, false],
    [{ photo: [{ exists: true }] }, false],
    [{ customer_interests: ['rugby'], price_usd: [1] }, false],
    [{ $or: [{ customer_interests: ['tennis'] }, { price_usd: [100] }] }, true],
  ])('%j: %s', (policy, wanted) => {
    expect(readFilterPolicy(JSON.stringify(policy), 'MessageAttributes')({ body: '{}', attributes })).toBe(wanted);
  });
});

describe('of the body', () => {
  const body = JSON.stringify({ order: { cookie: 'spritz', count: 12, baker: null }, tags: ['new', 'gift'] });
  test.each<[object, boolean]>([
    [{ order: { cookie: ['spritz'] } }, true],
    [{ order: { cookie: ['brownie'] } }, false],
    [{ order: { count: [{ numeric: ['>=', 12] }] }, tags: ['gift'] }, true],
    [{ order: { baker: [null] } }, true],
    [{ order: { oven: [{ exists: false }] } }, true],
  ])('%j: %s', (policy, wanted) => {
    expect(readFilterPolicy(JSON.stringify(policy), 'MessageBody')({ body, attributes: {} })).toBe(wanted);
  });

  test.each(['no json', '[]', '1', 'null'])('%s is wanted by no policy', (other) => {
    expect(readFilterPolicy('{"a":[{"exists":false}]}', 'MessageBody')({ body: other, attributes: {} })).toBe(false);
  });
});

// Source: SNS Developer Guide, "Filter policy constraints in Amazon SNS".
describe('is refused', () => {
  const values = (count: number) => Array.from({ length: count }, (_, n) => n);
  test.each<[string, string, FilterPolicyScope, RegExp]>([
    ['that is no JSON', '{', 'MessageAttributes', /FilterPolicy: .*not valid JSON/],
    ['that is a list', '[]', 'MessageAttributes', /FilterPolicy/],
    ['whose values are no list', '{"a":"b"}', 'MessageAttributes', /FilterPolicy/],
    ['with an operator that is none', '{"a":[{"like":"b"}]}', 'MessageAttributes', /Unrecognized match type like/],
    ['that nests over attributes', '{"a":{"b":["c"]}}', 'MessageAttributes', /nested/],
    ['with six keys', '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'MessageAttributes', /more than 5 keys/],
    [
      'with more than 150 combinations',
      JSON.stringify({ a: values(13), b: values(12) }),
      'MessageAttributes',
      /complex/,
    ],
    ['with 150, each two levels deep', JSON.stringify({ a: { b: values(76) } }), 'MessageBody', /complex/],
  ])('%s', (_name, policy, scope, message) => {
    expect(() => readFilterPolicy(policy, scope)).toThrow(
      expect.objectContaining({ name: 'InvalidParameterException', message: expect.stringMatching(message) }),
    );
  });

  test('but not one with 150 combinations', () => {
    expect(() => readFilterPolicy(JSON.stringify({ a: values(15), b: values(10) }), 'MessageAttributes')).not.toThrow();
  });
});

describe('whatever the values', () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  const value = fc.oneof(fc.string(), fc.integer({ min: -1e9, max: 1e9 }));
  const attributeOf = (one: string | number) => (typeof one === 'number' ? number(one) : text(one));
  const policies = fc.dictionary(name, fc.array(value, { minLength: 1, maxLength: 2 }), { minKeys: 1, maxKeys: 5 });
  const messageOf = (policy: Record<string, (string | number)[]>, pick = 0) => ({
    body: JSON.stringify(Object.fromEntries(Object.entries(policy).map(([key, all]) => [key, all[pick % all.length]]))),
    attributes: Object.fromEntries(
      Object.entries(policy).map(([key, all]) => [key, attributeOf(all[pick % all.length] ?? '')]),
    ),
  });
  const scopes = fc.constantFrom<FilterPolicyScope>('MessageAttributes', 'MessageBody');

  test('a message that has one of the values of each key is wanted, and with any key more', () => {
    fc.assert(
      fc.property(policies, scopes, fc.nat(), value, (policy, scope, pick, other) => {
        const wants = readFilterPolicy(JSON.stringify(policy), scope);
        const message = messageOf(policy, pick);
        expect(wants(message)).toBe(true);
        const body = JSON.stringify({ ...JSON.parse(message.body), Other: other });
        expect(wants({ body, attributes: { ...message.attributes, Other: attributeOf(other) } })).toBe(true);
      }),
    );
  });

  test('a message that lacks a key is not', () => {
    fc.assert(
      fc.property(policies, scopes, (policy, scope) => {
        const [first = '', ...others] = Object.keys(policy);
        const less = Object.fromEntries(others.map((key) => [key, policy[key] ?? []]));
        expect(readFilterPolicy(JSON.stringify(policy), scope)(messageOf(less))).toBe(false);
        const absent = JSON.stringify({ [first]: [{ exists: false }] });
        expect(readFilterPolicy(absent, scope)(messageOf(less))).toBe(true);
      }),
    );
  });

  test('what one value wants, anything but it does not', () => {
    fc.assert(
      fc.property(name, value, value, scopes, (key, wanted, sent, scope) => {
        fc.pre(typeof wanted === typeof sent);
        const message = messageOf({ [key]: [sent] });
        const [is, isNot] = [[wanted], [{ 'anything-but': [wanted] }]].map((rule) =>
          readFilterPolicy(JSON.stringify({ [key]: rule }), scope)(message),
        );
        expect(is).toBe(!isNot);
        expect(is).toBe(wanted === sent);
      }),
    );
  });

  test('no policy that is text makes anything but a refusal or an answer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), scopes, (policy, scope) => {
        try {
          readFilterPolicy(policy, scope)({ body: policy, attributes: {} });
        } catch (error) {
          expect(error).toMatchObject({ name: 'InvalidParameterException' });
        }
      }),
    );
  });
});
