import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isSettingName, placeOf, settings } from './settings.ts';

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'recipes.json');
  writeFileSync(file, text);
  return file;
}

const recipe = { name: 'sabayon', title: 'Sabayon', priceCents: 210, ingredients: { egg: 40 }, shelfLifeDays: 3 };

test.each([
  { text: '40', value: '40' },
  { text: '0', value: '0' },
  { text: '007', value: '7' },
])('an oven of $text is stored as $value', async ({ text, value }) => {
  expect(await settings.oven.parse(text, 12)).toBe(value);
});

test('an oven may take longer where no batch has to be done in time', async () => {
  expect(await settings.oven.parse('1000', 3)).toBe('1000');
  await expect(settings.oven.parse('60001', 3)).rejects.toThrow('from 0 to 60000 ms');
});

test.each(['', '-1', '1.5', 'hot', '51', '1e1', '99999999', ' 40'])('an oven of "%s" is refused', async (text) => {
  await expect(settings.oven.parse(text, 12)).rejects.toThrow(
    'is no oven time: a whole number from 0 to 50 ms is needed.',
  );
});

test('a recipe book is stored without the spaces that people read it by', async () => {
  const file = fileWith(JSON.stringify([recipe], undefined, 2));
  expect(await settings.recipes.parse(file)).toBe(JSON.stringify([recipe]));
});

test.each([
  { what: 'no JSON', text: 'haggis', says: /recipes\.json cannot be read: it is not JSON$/ },
  { what: 'no book', text: '{}', says: /cannot be read: recipes: must be a list of recipes$/ },
  {
    what: 'a recipe for nothing',
    text: JSON.stringify([{ ...recipe, priceCents: 0 }]),
    says: /recipes\.0\.priceCents/,
  },
  {
    what: 'a book too long',
    text: JSON.stringify(Array.from({ length: 60 }, (_, i) => ({ ...recipe, name: `s${i}` }))),
    says: /an SSM parameter holds 4096\.$/,
  },
])('a file with $what is refused', async ({ text, says }) => {
  await expect(settings.recipes.parse(fileWith(text))).rejects.toThrow(says);
});

test('a file that is not there is refused', async () => {
  await expect(settings.recipes.parse('no/such.json')).rejects.toThrow('no/such.json cannot be read: ENOENT');
});

test.each(['', 'two words', 'ü', 'x'.repeat(129)])('a key of "%s" is refused', async (text) => {
  await expect(settings.key.parse(text)).rejects.toThrow('printable characters');
});

test('a setting that is in the source of a snapshot has no place', () => {
  expect(placeOf('oven', { OvenTimeParameter: '/oven' })).toBe('/oven');
  expect(() => placeOf('oven', {})).toThrow('its stack names no OvenTimeParameter');
  expect(isSettingName('toString')).toBe(false);
});
