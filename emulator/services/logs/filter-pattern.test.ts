import { expect, test } from 'vitest';
import { parseFilterPattern } from './filter-pattern.ts';

test.each([
  { pattern: '', message: 'anything', matches: true },
  { pattern: ' ', message: 'anything', matches: true },
  { pattern: 'ERROR', message: '[ERROR 400] BAD REQUEST', matches: true },
  { pattern: 'ERROR', message: '[error 400] BAD REQUEST', matches: false },
  { pattern: 'ERROR REQUEST', message: '[ERROR 400] BAD REQUEST', matches: true },
  { pattern: 'ERROR ARGUMENTS', message: '[ERROR 400] BAD REQUEST', matches: false },
  { pattern: '"BAD REQUEST"', message: '[ERROR 400] BAD REQUEST', matches: true },
  { pattern: '"REQUEST BAD"', message: '[ERROR 400] BAD REQUEST', matches: false },
  { pattern: '"say \\"hi\\""', message: 'they say "hi"', matches: true },
  { pattern: '?ERROR ?WARN', message: 'WARN low on flour', matches: true },
  { pattern: '?ERROR ?WARN', message: 'INFO baked', matches: false },
  { pattern: '?"out of" ?"low on"', message: 'WARN low on flour', matches: true },
  { pattern: 'ERROR -EXITING', message: 'ERROR burnt', matches: true },
  { pattern: 'ERROR -EXITING', message: 'ERROR EXITING', matches: false },
  { pattern: '-"low on"', message: 'WARN low on flour', matches: false },
  { pattern: '?ERROR flour', message: 'WARN low on flour', matches: true },
  { pattern: '%low on [a-z]+%', message: 'WARN low on flour', matches: true },
  { pattern: '%^low%', message: 'WARN low on flour', matches: false },
  { pattern: 'WARN %flour$%', message: 'WARN low on flour', matches: true },
])('the terms $pattern and «$message»: $matches', ({ pattern, message, matches }) => {
  expect(parseFilterPattern(pattern)(message)).toBe(matches);
});

const order = JSON.stringify({
  level: 'ERROR',
  status: 503,
  code: '503',
  retry: true,
  parent: null,
  service: 'baking-eu',
  'order-id': 'o-1',
  items: [{ name: 'Amaretti' }, { name: 'Bocconotti' }],
  oven: { temperature: 180.5 },
});

test.each([
  { pattern: '{ $.level = "ERROR" }', matches: true },
  { pattern: '{ $.level = ERROR }', matches: true },
  { pattern: '{ ($.level = "WARN") || ($.level = "ERROR") }', matches: true },
  { pattern: '{ ($.level = "WARN") || ($.level = "INFO") }', matches: false },
  { pattern: '{$.level="error"}', matches: false },
  { pattern: '{ $.level != "INFO" }', matches: true },
  { pattern: '{ $.nothing != "INFO" }', matches: false },
  { pattern: '{ $.service = "baking-*" }', matches: true },
  { pattern: '{ $.service = *-eu }', matches: true },
  { pattern: '{ $.service != "baking-*" }', matches: false },
  { pattern: '{ $.service = %^b.king% }', matches: true },
  { pattern: '{ $.status = 503 }', matches: true },
  { pattern: '{ $.status = 5.03e2 }', matches: true },
  { pattern: '{ $.status = 5* }', matches: true },
  { pattern: '{ $.status != 503 }', matches: false },
  { pattern: '{ $.code = 503 }', matches: true },
  { pattern: '{ $.status >= 500 && $.status < 600 }', matches: true },
  { pattern: '{ $.status > 503 }', matches: false },
  { pattern: '{ $.level > 1 }', matches: false },
  { pattern: '{ $.oven.temperature <= 180.5 }', matches: true },
  { pattern: '{ $.retry IS TRUE }', matches: true },
  { pattern: '{ $.retry IS FALSE }', matches: false },
  { pattern: '{ $.retry = "true" }', matches: true },
  { pattern: '{ $.parent IS NULL }', matches: true },
  { pattern: '{ $.nothing IS NULL }', matches: false },
  { pattern: '{ $.nothing NOT EXISTS }', matches: true },
  { pattern: '{ $.parent NOT EXISTS }', matches: false },
  { pattern: '{ $.items[1].name = "Bocconotti" }', matches: true },
  { pattern: '{ $.items[0].name = "Bocconotti" }', matches: false },
  { pattern: '{ $.items[*].name = "Bocconotti" }', matches: true },
  { pattern: '{ $.items[7].name NOT EXISTS }', matches: true },
  { pattern: '{ $.order-id = "o-1" }', matches: true },
  { pattern: '{ $["order-id"] = "o-1" }', matches: true },
  { pattern: '{ $.level = "INFO" || $.status = 503 && $.retry IS TRUE }', matches: true },
  { pattern: '{ ($.level = "INFO" || $.status = 503) && $.retry IS FALSE }', matches: false },
])('$pattern: $matches', ({ pattern, matches }) => {
  expect(parseFilterPattern(pattern)(order)).toBe(matches);
});

test.each(['not JSON', '{ not JSON', '"text"', '[1]'])('a JSON pattern does not match %s', (message) => {
  expect(parseFilterPattern('{ $.nothing NOT EXISTS }')(message)).toBe(false);
});

test.each([
  { pattern: 'Status: timeout', says: "Invalid character(s) in term ':'" },
  { pattern: '?order-1', says: "Invalid character(s) in term '-'" },
  { pattern: 'a*', says: "Invalid character(s) in term '*'" },
  { pattern: '"open', says: "Invalid character(s) in term '\"'" },
  { pattern: '%(a|b)%', says: 'Invalid regular expression in filter pattern: (a|b)' },
  { pattern: '%[%', says: 'Invalid regular expression in filter pattern: [' },
  { pattern: '{ $.a = "b"', says: "unexpected '' in" },
  { pattern: '{ a = "b" }', says: 'unexpected \'a = "b" }\' in' },
  { pattern: '{ $.a }', says: "unexpected '}' in" },
  { pattern: '{ $.a = 1, $.b = 2 }', says: "unexpected '$.b = 2 }' in" },
  { pattern: '{ $.a > "b" }', says: 'unexpected \'"b" }\' in' },
  { pattern: '{ $.a > b }', says: "'b' is not a number" },
])('$pattern is refused', ({ pattern, says }) => {
  expect(() => parseFilterPattern(pattern)).toThrow(
    expect.objectContaining({ name: 'InvalidParameterException', message: expect.stringContaining(says) }),
  );
});

test('a space-delimited pattern is refused by its name', () => {
  expect(() => parseFilterPattern('[ip, status=5*]')).toThrow(expect.objectContaining({ name: 'NotImplemented' }));
});
