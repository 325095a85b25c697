import { describe, expect, test } from 'vitest';
import { cidrBlocks } from './cidr.ts';

test.each([
  { block: '192.168.0.0/24', count: 6, bits: 5, first: '192.168.0.0/27', last: '192.168.0.160/27' },
  { block: '10.0.0.0/16', count: 256, bits: 8, first: '10.0.0.0/24', last: '10.0.255.0/24' },
  { block: '10.1.2.3/16', count: 1, bits: 16, first: '10.1.0.0/16', last: '10.1.0.0/16' },
  { block: '0.0.0.0/0', count: 2, bits: 31, first: '0.0.0.0/1', last: '128.0.0.0/1' },
  {
    block: '2001:db8:1234:1a00::/56',
    count: 3,
    bits: 64,
    first: '2001:db8:1234:1a00::/64',
    last: '2001:db8:1234:1a02::/64',
  },
])('$count blocks of $block', ({ block, count, bits, first, last }) => {
  const blocks = cidrBlocks(block, count, bits);
  expect([blocks.length, blocks[0], blocks.at(-1)]).toEqual([count, first, last]);
});

describe('refuses', () => {
  test.each([
    ['10.0.0.0', 1, 8, 'is not a CIDR block'],
    ['10.0.0.0/33', 1, 8, 'is not a CIDR block'],
    ['kitchen/8', 1, 8, 'is not a CIDR block'],
    ['10.0.0.0/16', 257, 8, 'count must be'],
    ['10.0.0.0/16', 0, 8, 'count must be'],
    ['10.0.0.0/16', 1, 17, 'cidrBits must be'],
    ['10.0.0.0/24', 3, 7, 'no room for 3 blocks'],
  ])('%s, %s blocks of %s bits', (block, count, bits, message) => {
    expect(() => cidrBlocks(block, count, bits)).toThrow(message);
  });
});
