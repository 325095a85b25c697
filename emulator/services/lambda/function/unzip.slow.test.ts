import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hostFault } from '../errors.ts';
import { unzip } from './unzip.ts';

const fileContent = new TextEncoder().encode('crumbs');
const mb = 1024 * 1024;

/** A directory that is not there yet, in one that goes with the test. */
function place(): string {
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'unzip-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'code');
}

/** fflate takes a name once only, and as it is: others are put in its place afterwards, byte for byte. */
function renamed(files: Zippable, from: string, to: string): Uint8Array {
  const zip = Buffer.from(zipSync(files)).toString('latin1');
  return Buffer.from(zip.replaceAll(from, to), 'latin1');
}

/** The same zip, whose directory says another size of its only entry. */
function lying(zip: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(size, bytes.indexOf('PK\x01\x02') + 24);
  return bytes;
}

const link = (target: string): Zippable[string] => [
  new TextEncoder().encode(target),
  { os: 3, attrs: (0o120777 << 16) >>> 0 },
];

test('unzips files, directories, and links within the package', async () => {
  const directory = place();
  const packaged = { 'a.mjs': fileContent, 'lib/b/c.mjs': fileContent, 'empty/': new Uint8Array() };
  const links = process.platform === 'win32' ? {} : { 'lib/a.mjs': link('../a.mjs'), x: link('lib/b') };
  await unzip(zipSync({ ...packaged, ...links }), directory);
  expect(readFileSync(join(directory, 'lib', 'b', 'c.mjs'), 'utf8')).toBe('crumbs');
  expect(statSync(join(directory, 'empty')).isDirectory()).toBe(true);
  for (const name of Object.keys(links)) {
    const file = name === 'x' ? join(name, 'c.mjs') : name;
    expect(readFileSync(join(directory, file), 'utf8')).toBe('crumbs');
  }
});

describe('could not unzip', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['what is no zip', fileContent, /not a zip file/],
    ['an empty file', new Uint8Array(), /not a zip file/],
    ['half a zip', zipSync({ a: fileContent }).subarray(20), /./],
    ['a name with a zero byte', zipSync({ 'a\0b': fileContent }), /zero byte/],
    ['a name of 300 characters', zipSync({ ['n'.repeat(300)]: fileContent }), /longer than 255 bytes/],
    [
      'a path of 5,000 characters',
      zipSync({ [`${'abcdefghi/'.repeat(500)}a`]: fileContent }),
      /contradict each other, or are too long/,
    ],
    ['a file and a directory of one name', zipSync({ a: fileContent, 'a/b': fileContent }), /contradict/],
    ['a directory and a file of one name', renamed({ 'a/b': fileContent, c: fileContent }, 'c', 'a'), /contradict/],
    [
      'a name that comes twice',
      renamed({ 'one.js': fileContent, 'two.js': fileContent }, 'two.js', 'one.js'),
      /contradict/,
    ],
    ['a name with a backslash', zipSync({ 'lib\\index.js': fileContent }), /invalid characters/],
    ['an absolute name', zipSync({ '/etc/x': fileContent }), /absolute path/],
    ['a name that leads out', zipSync({ 'a/../../x': fileContent }), /relative path/],
    ['more than the directory says', lying(zipSync({ a: new Uint8Array(4 * mb) }), 10), /too many bytes/],
    ['less than the directory says', lying(zipSync({ a: fileContent }), 4 * mb), /not enough bytes/],
    [
      'a link that leads out',
      zipSync({ a: fileContent, l: link('../../../../etc/passwd') }),
      /leads to nothing that is in/,
    ],
    ['an absolute link', zipSync({ a: fileContent, l: link('/etc/passwd') }), /leads to nothing that is in/],
    ['a link to nothing', zipSync({ a: fileContent, l: link('b') }), /leads to nothing that is in/],
    [
      'a link that leads out by way of another',
      zipSync({ 'a/b': fileContent, 'x/y/z/d': link('../../../a'), 'x/l': link('y/z/d/../../../../tmp') }),
      /leads to nothing that is in/,
    ],
    ['a link with a file beneath it', zipSync({ d: link('..'), 'd/x': fileContent }), /contradict/],
  ])('%s', async (_what, zip, reason) => {
    const directory = place();
    const refused = await unzip(zip, directory).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(refused).toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringMatching(reason) });
    expect(refused?.message).toMatch(
      /^Could not unzip uploaded file\. Please check your file, then try to upload again\. \(/,
    );
    expect(refused?.message, 'paths of this machine').not.toContain(directory.slice(0, -5));
    expect(existsSync(join(directory, '..', 'x'))).toBe(false);
    expect(readdirSync(join(directory, '..')).filter((name) => name !== 'code')).toEqual([]);
  });
});

test('a package that is too large is refused before it is inflated', async () => {
  const directory = place();
  await expect(unzip(lying(zipSync({ a: new Uint8Array(4 * mb) }), 262_144_001), directory)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Unzipped size must be smaller than 262144000 bytes',
  });
  expect(existsSync(directory)).toBe(false);
});

test('while a large package is unzipped, others are served', async () => {
  const zip = zipSync({ a: new Uint8Array(32 * mb), b: new Uint8Array(32 * mb) }, { level: 1 });
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await unzip(zip, place());
  clearInterval(timer);
  // A stop for all of it would leave none.
  expect(turns).toBeGreaterThan(10);
});

test('what this machine cannot do is told by its code, without paths', () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, open '/home/me/x'"), {
    code: 'ENOSPC',
    errno: -28,
  });
  expect(hostFault('The package could not be unzipped on this machine', full)).toMatchObject({
    name: 'ServiceException',
    message: 'The package could not be unzipped on this machine: ENOSPC, no space left on device.',
  });
});
