import { expect, test } from 'vitest';
import { listTags, maxTags, noTags, tagEntries, withoutTags, withTags } from './tags.ts';

const tooMany = () => new Error('Too many.');
const numbered = (count: number) => Array.from({ length: count }, (_, i) => [`key ${i}`, 'value'] as const);

test('tags are added, overwritten and taken away', () => {
  const tags = withTags(noTags, tagEntries([{ Key: 'team', Value: 'bakers' }, { Key: 'shift' }]), tooMany);
  const changed = withTags(tags, Object.entries({ team: 'packers' }), tooMany);
  expect(listTags(changed)).toEqual([
    { Key: 'team', Value: 'packers' },
    { Key: 'shift', Value: '' },
  ]);
  expect(listTags(withoutTags(changed, ['team', 'nothing']))).toEqual([{ Key: 'shift', Value: '' }]);
  expect(listTags(withoutTags(changed))).toHaveLength(2);
  expect(tags.get('team')).toBe('bakers');
});

test('a resource has 50 tags at the most, and those it has may still change', () => {
  const full = withTags(noTags, numbered(maxTags), tooMany);
  expect(withTags(full, numbered(maxTags), tooMany).size).toBe(50);
  expect(() => withTags(full, [['one more', '']], tooMany)).toThrow('Too many.');
});
