import { describe, expect, test } from 'vitest';
import { parseFilters } from './event-filter.ts';

const record = {
  body: {
    recipe: 'spritz',
    quantity: 12,
    rush: true,
    gift: null,
    note: '',
    tags: ['nuts', 'sugar'],
    to: { city: 'Basel' },
  },
};

describe('an event passes', () => {
  test.each([
    ['no rule', {}, true],
    ['equal text', { body: { recipe: ['spritz'] } }, true],
    ['one of several', { body: { recipe: ['brownie', 'spritz'] } }, true],
    ['other text', { body: { recipe: ['brownie'] } }, false],
    ['a number is not its text', { body: { quantity: ['12'] } }, false],
    ['equal number', { body: { quantity: [12] } }, true],
    ['boolean', { body: { rush: [true] } }, true],
    ['null', { body: { gift: [null] } }, true],
    ['null of what is not there', { body: { none: [null] } }, false],
    ['empty', { body: { note: [''] } }, true],
    ['element of a list', { body: { tags: ['sugar'] } }, true],
    ['nested', { body: { to: { city: ['Basel'] } } }, true],
    ['and', { body: { recipe: ['spritz'], quantity: [13] } }, false],
    ['prefix', { body: { recipe: [{ prefix: 'spr' }] } }, true],
    ['suffix', { body: { recipe: [{ suffix: 'tz' }] } }, true],
    ['ignore case', { body: { recipe: [{ 'equals-ignore-case': 'SPRITZ' }] } }, true],
    ['anything but', { body: { recipe: [{ 'anything-but': ['brownie'] }] } }, true],
    ['anything but itself', { body: { recipe: [{ 'anything-but': 'spritz' }] } }, false],
    ['anything but a prefix', { body: { recipe: [{ 'anything-but': { prefix: 'spr' } }] } }, false],
    ['anything but, of what is not there', { body: { none: [{ 'anything-but': 'x' }] } }, false],
    ['numeric range', { body: { quantity: [{ numeric: ['>', 10, '<=', 12] }] } }, true],
    ['out of range', { body: { quantity: [{ numeric: ['<', 12] }] } }, false],
    ['numeric equals', { body: { quantity: [{ numeric: ['=', 12] }] } }, true],
    ['exists', { body: { recipe: [{ exists: true }] } }, true],
    ['does not exist', { body: { none: [{ exists: false }] } }, true],
    ['does exist', { body: { recipe: [{ exists: false }] } }, false],
    ['$or', { body: { $or: [{ recipe: ['brownie'] }, { quantity: [12] }] } }, true],
    ['what every object inherits', { constructor: [{ exists: true }] }, false],
    ['exists, of an object', { body: { to: [{ exists: true }] } }, false],
    ['an element of a list that ignores case', { body: { tags: [{ 'equals-ignore-case': 'SUGAR' }] } }, true],
    ['an only branch', { body: { $or: [{ quantity: [12] }] } }, true],
    ['a field of what is text', { body: { recipe: { part: ['x'] } } }, false],
  ])('%s', (_name, pattern, expected) => {
    expect(parseFilters([JSON.stringify(pattern)])(record)).toBe(expected);
  });

  test('when it satisfies one of the patterns', () => {
    const filter = parseFilters(['{"body":{"recipe":["brownie"]}}', '{"body":{"rush":[true]}}']);
    expect(filter(record)).toBe(true);
    expect(filter({ body: 'text' })).toBe(false);
  });
});

test.each([
  ...['not json', '[]', '{"body":"x"}', '{"body":[{"like":"x"}]}', '{"body":[{"constructor":"x"}]}'],
  ...['{"body":{}}', '{"body":[]}', '{"body":[{"numeric":["constructor",1]}]}', '{"body":[{"prefix":1}]}'],
  ...['{"body":[{"wildcard":"a*"}]}', '{"body":[{"cidr":"10.0.0.0/8"}]}'],
  ...['{"$or":null}', '{"$or":{"body":["x"]}}', '{"body":{"$or":[null]}}', '{"$or":[{"body":[{"like":"x"}]}]}'],
])('refuses %s', (pattern) => {
  expect(() => parseFilters([pattern])).toThrow(/Invalid filter pattern definition/);
});
