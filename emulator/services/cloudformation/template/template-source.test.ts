import { expect, test } from 'vitest';
import { physicalName } from '../deployment/physical-name.ts';
import { objectOf } from './template-source.ts';

test.each<[url: string, expected: string | undefined]>([
  ['http://127.0.0.1:4566/bucket/dir/key.json', 'bucket dir/key.json'],
  ['http://localhost:4566/bucket/key', 'bucket key'],
  ['https://s3.eu-north-1.amazonaws.com/bucket/key', 'bucket key'],
  ['https://s3.amazonaws.com/bucket/key', 'bucket key'],
  ['https://bucket.s3.amazonaws.com/dir/key', 'bucket dir/key'],
  ['https://my.bucket.s3.eu-north-1.amazonaws.com/key', 'my.bucket key'],
  ['https://bucket.s3-eu-west-1.amazonaws.com/a%20b', 'bucket a b'],
  ['http://127.0.0.1:9999/bucket/key', 'bucket key'],
  ['https://example.com/bucket/key', undefined],
  ['http://127.0.0.1:4566/bucket', undefined],
  ['http://127.0.0.1:4566/bucket/%zz', undefined],
  ['http://127.0.0.1:4566/bucket/%E0%A4%A', undefined],
  ['not a url', undefined],
])('the object of %s', (url, expected) => {
  const found = objectOf(url, 'http://127.0.0.1:4566');
  expect(found && `${found.bucket} ${found.key}`).toBe(expected);
});

test.each<[args: Parameters<typeof physicalName>, expected: RegExp]>([
  [['Bakery', 'Oven', 'seed', 64], /^Bakery-Oven-[0-9A-Z]{12}$/],
  [['Bakery', 'Oven', 'seed', 63, { lowerCase: true }], /^bakery-oven-[0-9a-z]{12}$/],
  [['Bakery', 'Oven', 'seed', 80, { suffix: '.fifo' }], /^Bakery-Oven-[0-9A-Z]{12}\.fifo$/],
  [['A'.repeat(60), 'B'.repeat(60), 'seed', 64], /^A{25}-B{25}-[0-9A-Z]{12}$/],
  [['A'.repeat(60), 'B', 'seed', 64], /^A{49}-B-[0-9A-Z]{12}$/],
  [['A', 'B'.repeat(60), 'seed', 64], /^A-B{49}-[0-9A-Z]{12}$/],
])('a physical name of %j', (args, expected) => {
  expect(physicalName(...args)).toMatch(expected);
  expect(physicalName(...args)).toBe(physicalName(...args));
});
