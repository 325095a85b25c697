import updateParser from 'dynalite/db/updateParser.js';
import { expect, test } from 'vitest';
import { parseCondition } from './condition-groups.ts';
import { parsedOnce } from './expression-cache.ts';
import type { Context, Parse, Values } from './parse.ts';

/** As dynalite's validations make it. */
function contextOf(attrNames: Context['attrNames'] = {}, attrVals: Values = {}) {
  const unused = (named: object) => Object.fromEntries(Object.keys(named).map((name) => [name, true as const]));
  const isReserved = (name: string) => name === 'status';
  return { attrNames, attrVals, unusedAttrNames: unused(attrNames), unusedAttrVals: unused(attrVals), isReserved };
}

const parseUpdate = updateParser.parse as Parse;

function countingParser(parse: Parse) {
  let count = 0;
  const counted: Parse = (text, options) => {
    count++;
    return parse(text, options);
  };
  return { parse: counted, count: () => count };
}

const names = { '#s': 'status', '#t': 'tags' };
const text = (S: string) => ({ S });
const number = (N: string) => ({ N });

test.each([
  ['#s = :a AND attribute_exists(#t)', parseCondition, [text('one'), text('two')]],
  ['(#s = :a OR #s = :a) AND NOT size(#t) > :a', parseCondition, [number('1'), number('2')]],
  ['#s IN (:a, :a) OR contains(#t.a[1].b, :a)', parseCondition, [text('one'), text('two')]],
  ['SET #s = if_not_exists(#s, :a), #t.b = :a REMOVE c[1]', parseUpdate, [text('one'), text('two')]],
  ['SET #s = #s + :a ADD #t :a', parseUpdate, [number('1'), number('2')]],
])('%s is parsed once, and is the same with each value as if it were parsed anew', (expression, parse, values) => {
  const counted = countingParser(parse);
  const cached = parsedOnce(counted.parse);
  for (const value of [...values, ...values]) {
    const [context, other] = [contextOf(names, { ':a': value }), contextOf(names, { ':a': value })];
    expect(cached(expression, { context })).toEqual(parse(expression, { context: other }));
    expect(context.unusedAttrNames).toEqual(other.unusedAttrNames);
    expect(context.unusedAttrVals).toEqual(other.unusedAttrVals);
  }
  expect(counted.count()).toBe(1);
});

test('what is done to a parsed expression is not seen by the next request', () => {
  const cached = parsedOnce(parseUpdate);
  const parse = () => cached('SET #t[3] = :a', { context: contextOf(names, { ':a': text('one') }) });
  const first = parse() as { sections: { path: (string | number)[] }[]; paths: (string | number)[][] };
  first.sections[0]?.path.splice(1, 1, 0);
  // A path is one list in both places, so that an answer tells what was really set.
  expect(first.paths).toEqual([['tags', 0]]);
  expect(parse()).toMatchObject({ sections: [{ path: ['tags', 3] }], paths: [['tags', 3]] });
});

test.each([
  { what: 'a value of another type', context: contextOf(names, { ':a': text('one') }), wrong: /operand type: S/ },
  { what: 'a value that is missing', context: contextOf(names, {}), wrong: /is not defined; attribute value: :a/ },
  { what: 'a name that is missing', context: contextOf({}, { ':a': { L: [] } }), wrong: /attribute name: #t/ },
])('$what is found in an expression that was right before', ({ context, wrong }) => {
  const cached = parsedOnce(parseUpdate);
  const expression = 'SET #t = list_append(#t, :a)';
  expect(cached(expression, { context: contextOf(names, { ':a': { L: [] } }) })).toBeTypeOf('object');
  expect(cached(expression, { context })).toMatch(wrong);
});

test('a name may stand for another attribute than before', () => {
  const cached = parsedOnce(parseUpdate);
  const parse = (name: string) => cached('REMOVE #a', { context: contextOf({ '#a': name }) });
  expect(parse('one')).toMatchObject({ paths: [['one']] });
  expect(parse('two')).toMatchObject({ paths: [['two']] });
});

test.each([
  ['#s BETWEEN :a AND :b', { ':a': number('1'), ':b': number('2') }],
  ['attribute_type(#s, :a)', { ':a': text('S') }],
])('%s is parsed each time, because its values are looked at', (expression, values) => {
  const counted = countingParser(parseCondition);
  const cached = parsedOnce(counted.parse);
  const compare = () => false;
  cached(expression, { context: { ...contextOf(names, values), compare } as Context });
  cached(expression, { context: { ...contextOf(names, values), compare } as Context });
  expect(counted.count()).toBe(2);
});
