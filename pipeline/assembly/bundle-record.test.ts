import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { BundleRecord } from './bundle-record.ts';

const inputs = ['handler.ts', 'oven.ts'];
const begun = Date.UTC(2026, 0, 2);
const before = new Date(Date.UTC(2026, 0, 1));

let folder: string;
let bundle: { name: string; file: string; settings: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of [...inputs, 'index.mjs']) {
    write(file, before);
  }
  bundle = { name: 'oven', file: join(folder, 'index.mjs'), settings: 'esbuild 1' };
});

function write(file: string, time: Date, text = 'as it was') {
  writeFileSync(join(folder, file), text);
  utimesSync(join(folder, file), time, time);
}

const record = () => BundleRecord.of(folder, folder);

async function noted() {
  const first = await record();
  first.note(bundle, inputs, begun);
  await first.save();
}

test('a bundle whose files are as they were is current', async () => {
  await noted();
  expect((await record()).isCurrent(bundle)).toBe(true);
});

test.each([
  { what: 'an input has another size', change: () => write('oven.ts', before, 'changed') },
  { what: 'an input has another time', change: () => write('oven.ts', new Date(before.getTime() + 1)) },
  { what: 'an input is gone', change: () => rmSync(join(folder, 'oven.ts')) },
  { what: 'the bundle is gone', change: () => rmSync(join(folder, 'index.mjs')) },
  { what: 'the bundle was changed', change: () => write('index.mjs', before, 'by hand') },
  { what: 'it is made otherwise', change: () => Object.assign(bundle, { settings: 'esbuild 2' }) },
  { what: 'it was never made', change: () => Object.assign(bundle, { name: 'mixer' }) },
  { what: 'the record is gone', change: () => rmSync(join(folder, 'bundles.json')) },
  { what: 'the record cannot be read', change: () => writeFileSync(join(folder, 'bundles.json'), '{"files":[') },
  { what: 'the record is of another kind', change: () => writeFileSync(join(folder, 'bundles.json'), '[]') },
])('a bundle is not current where $what', async ({ change }) => {
  await noted();
  change();
  expect((await record()).isCurrent(bundle)).toBe(false);
});

test('a file that changed while the bundle was made makes it be made again', async () => {
  await noted();
  write('oven.ts', new Date(begun + 1));
  await noted();
  expect((await record()).isCurrent(bundle)).toBe(false);
});

test('bundles that are noted later leave those there are', async () => {
  await noted();
  const second = await record();
  second.note({ ...bundle, name: 'mixer' }, ['handler.ts'], begun);
  await second.save();
  const third = await record();
  expect([bundle.name, 'mixer'].map((name) => third.isCurrent({ ...bundle, name }))).toEqual([true, true]);
});
