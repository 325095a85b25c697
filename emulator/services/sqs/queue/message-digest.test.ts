import { expect, test } from 'vitest';
import { digestOfAttributes, digestOfBody } from './message-digest.ts';

test.each([
  ['test', '098f6bcd4621d373cade4e832627b4f6'],
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['héllo 🍪', 'f47e0e2e7e526cb49ca68b106034d56f'],
])('the digest of a body: %s', (body, expected) => {
  expect(digestOfBody(body)).toBe(expected);
});

// As AWS answered them.
test.each([
  ['one', { Foo: { DataType: 'String', StringValue: 'Bar' } }, 'ae7155c6026991b6d54b11589678bf9c'],
  [
    'sorted by name',
    {
      'Help.Me': { DataType: 'String', StringValue: 'Me' },
      Hello: { DataType: 'String', StringValue: 'There' },
      General: { DataType: 'String', StringValue: 'Kenobi' },
    },
    '4c360f3fdafd970e05fae2f149d997f5',
  ],
  [
    'binary',
    {
      attr1: {
        DataType: 'Binary',
        BinaryValue: Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01', 'latin1'),
      },
    },
    '8cbe4db156db8a94db8b801b7addb984',
  ],
  ['none', {}, undefined],
])('the digest of attributes: %s', (_, attributes, expected) => {
  expect(digestOfAttributes(attributes)).toBe(expected);
});
