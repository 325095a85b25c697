import { expect, test } from 'vitest';
import { wellFormed } from './xml-text.ts';

test.each([
  ['<a>ümläut € 😀\t\r\n</a>', '<a>ümläut € 😀\t\r\n</a>'],
  ['<a>\0\u0008\u001f\uffff</a>', '<a>\ufffd\ufffd\ufffd\ufffd</a>'],
  ['<a>\ud800</a>', '<a>\ufffd</a>'],
])('%j', (document, expected) => {
  expect(wellFormed(document)).toBe(expected);
});
