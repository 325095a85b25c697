import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BundleFailed, type BundleOptions, bundleFunctions } from './bundle-functions.ts';

const roots = [{ name: 'oven', file: 'functions/oven/handler.ts' }];

/** A folder of its own with these files in it. */
function sourceWith(files: Record<string, string>): Omit<BundleOptions, 'roots'> {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), contents);
  }
  return { repository: folder, target: join(folder, 'dist') };
}

const oven = {
  'functions/oven/degrees.ts': 'export const degrees: number = 180;\n',
  'functions/oven/handler.ts': `import { degrees } from './degrees.ts';\nexport const handler = async (): Promise<number> => degrees;\n`,
};

test('makes one module that runs by itself', async () => {
  const { repository, target } = sourceWith(oven);
  const [bundle] = await bundleFunctions({ repository, target, roots });

  expect(readdirSync(join(target, 'oven'))).toEqual(['index.mjs']);
  rmSync(join(repository, 'functions'), { recursive: true });
  const script = `import { handler } from './index.mjs'; console.log(await handler());`;
  const argv = ['--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, argv, { cwd: join(target, 'oven'), encoding: 'utf8' })).toBe('180\n');
  expect(bundle).toMatchObject({ name: 'oven', changed: true });
});

test('takes the modules of Node without reading all that they export', async () => {
  const handler = `import { createHash } from 'crypto';
import { STATUS_CODES } from 'node:http';
export const handler = async (): Promise<unknown> => [createHash('md5').update('').digest('hex'), STATUS_CODES[202]];
`;
  const { repository, target } = sourceWith({ 'functions/oven/handler.ts': handler });
  await bundleFunctions({ repository, target, roots });

  // Node 24 loads an HTTP client for the WebSocket that node:http exports, when that is read.
  const script = `import { handler } from './index.mjs';
const loaded = process.moduleLoadList.filter((name) => name.includes('undici'));
console.log(JSON.stringify([...await handler(), ...loaded]));`;
  const argv = ['--input-type=module', '--eval', script];
  const output = execFileSync(process.execPath, argv, { cwd: join(target, 'oven'), encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual(['d41d8cd98f00b204e9800998ecf8427e', 'Accepted']);
});

test('has no way to find keys but the environment', async () => {
  const { target } = sourceWith({});
  const ordering = [{ name: 'ordering', file: 'functions/ordering/handler.ts' }];
  const [bundle] = await bundleFunctions({
    repository: join(import.meta.dirname, '..', '..'),
    target,
    roots: ordering,
  });
  const contents = readFileSync(bundle?.file ?? '', 'utf8');
  expect(contents).toContain('AWS_SESSION_TOKEN');
  for (const elsewhere of ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS', 'credential_process']) {
    expect(contents).not.toContain(elsewhere);
  }
});

test('makes the same bytes of the same source in another folder', async () => {
  const [here, there] = [sourceWith(oven), sourceWith(oven)];
  const [[first], [second]] = [await bundleFunctions({ ...here, roots }), await bundleFunctions({ ...there, roots })];
  expect(readFileSync(first?.file ?? '')).toEqual(readFileSync(second?.file ?? ''));
});

test('leaves a bundle that is right as it is, and takes away what does not belong to it', async () => {
  const { repository, target } = sourceWith({ ...oven, 'dist/oven/yesterdays.mjs': '' });
  const [first] = await bundleFunctions({ repository, target, roots });
  const written = statSync(first?.file ?? '').mtimeMs;
  const [second] = await bundleFunctions({ repository, target, roots });

  expect(second).toMatchObject({ changed: false });
  expect(statSync(second?.file ?? '').mtimeMs).toBe(written);
  expect(readdirSync(join(target, 'oven'))).toEqual(['index.mjs']);
});

test('writes a bundle whose source has changed', async () => {
  const { repository, target } = sourceWith(oven);
  await bundleFunctions({ repository, target, roots });
  writeFileSync(join(repository, 'functions', 'oven', 'degrees.ts'), 'export const degrees = 220;\n');
  const [again] = await bundleFunctions({ repository, target, roots });
  expect(again).toMatchObject({ changed: true });
});

/** Files that were written some time ago, as those of a repository are. */
function agedSourceWith(files: Record<string, string>) {
  const source = sourceWith(files);
  for (const name of Object.keys(files)) {
    utimesSync(join(source.repository, name), 0, 0);
  }
  return source;
}

test('does not make a bundle again whose files are as they were', async () => {
  const { repository, target } = agedSourceWith(oven);
  await bundleFunctions({ repository, target, roots });
  const handler = join(repository, 'functions', 'oven', 'handler.ts');
  writeFileSync(handler, readFileSync(handler, 'utf8').replace('degrees;', 'DEGREES;'));
  utimesSync(handler, 0, 0);

  const [again] = await bundleFunctions({ repository, target, roots });
  expect(again).toMatchObject({ changed: false, bytes: statSync(again?.file ?? '').size });
});

test('makes a bundle again when a file changes of which nothing was left in it', async () => {
  const { repository, target } = agedSourceWith({
    'functions/oven/handler.ts': `export { degrees as handler } from './oven.ts';\n`,
    'functions/oven/oven.ts': `export { degrees } from './electric.ts';\n`,
    'functions/oven/electric.ts': 'export const degrees = () => 180;\n',
    'functions/oven/wood.ts': 'export const degrees = () => 450;\n',
  });
  await bundleFunctions({ repository, target, roots });
  writeFileSync(join(repository, 'functions', 'oven', 'oven.ts'), `export { degrees } from './wood.ts';\n`);
  const [again] = await bundleFunctions({ repository, target, roots });
  expect(readFileSync(again?.file ?? '', 'utf8')).toContain('450');
});

test('does not take from elsewhere what was found there before', async () => {
  const { repository, target } = agedSourceWith({
    'functions/oven/handler.ts': `export { handler } from 'sprinkles';\n`,
    'machine/sprinkles/package.json': '{"main":"index.js"}',
    'machine/sprinkles/index.js': 'export const handler = () => "sprinkled";\n',
  });
  await bundleFunctions({ repository, target, roots, nodePaths: [join(repository, 'machine')] });
  await expect(bundleFunctions({ repository, target, roots })).rejects.toThrow('Could not resolve "sprinkles"');
  rmSync(join(repository, 'machine'), { recursive: true });
  const fromMachine = bundleFunctions({ repository, target, roots, nodePaths: [join(repository, 'machine')] });
  await expect(fromMachine).rejects.toThrow('Could not resolve "sprinkles"');
});

test.each([
  { when: 'has no handler', files: {}, says: /^oven: there is no .*handler\.ts to bundle$/ },
  {
    when: 'imports what is not there',
    files: { 'functions/oven/handler.ts': `import { bake } from 'sprinkles';\nbake();\n` },
    says: /^esbuild cannot bundle the functions\n.*Could not resolve "sprinkles"[\s\S]*handler\.ts:1:/,
  },
  {
    when: 'is not TypeScript',
    files: { 'functions/oven/handler.ts': 'export const = 1;\n' },
    says: /^esbuild cannot bundle the functions\n.*Expected identifier/,
  },
])('fails by name when a function $when', async ({ files, says }) => {
  const { repository, target } = sourceWith({ 'functions/README': '', ...files });
  const attempt = bundleFunctions({ repository, target, roots });
  await expect(attempt).rejects.toThrow(BundleFailed);
  await expect(attempt).rejects.toThrow(says);
});
