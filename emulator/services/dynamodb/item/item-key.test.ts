import { createIndexKey as dynaliteIndexKey, createKey as dynaliteKey } from 'dynalite/db/index.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item, ItemSchema } from './item.ts';
import { createIndexKey, createKey } from './item-key.ts';

const half = fc.constantFrom('\ud83d', '\ude00');
const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), half), { minLength: 1, maxLength: 5 })
  .map((parts) => ({ S: `a${parts.join('')}` }));
const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((N) => ({ N: String(N) }));
const bytes = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((B) => ({ B: Buffer.from(B).toString('base64') }));
const attributes = { S: text, N: number, B: bytes };
const types = fc.constantFrom('S' as const, 'N' as const, 'B' as const);

const item = fc
  .tuple(types, types, types)
  .chain(([one, two, three]) =>
    fc
      .record({ one: attributes[one], two: attributes[two], three: attributes[three] })
      .map((made) => ({ item: made as Item, types: { one, two, three } })),
  );

const keyOf = (...names: string[]) =>
  names.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? ('HASH' as const) : ('RANGE' as const) }));

test('keys of a table and of an index are those of dynalite, whatever their types', () => {
  fc.assert(
    fc.property(item, fc.boolean(), ({ item: made, types: defined }, isSorted) => {
      const table: ItemSchema = {
        TableName: 'orders',
        KeySchema: isSorted ? keyOf('one', 'two') : keyOf('one'),
        AttributeDefinitions: Object.entries(defined).map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
      };
      expect(createKey(made, table)).toBe(dynaliteKey(made, table));
      for (const index of [keyOf('three'), keyOf('three', 'two')]) {
        expect(createIndexKey(made, table, index)).toBe(dynaliteIndexKey(made, table, index));
      }
    }),
  );
});
