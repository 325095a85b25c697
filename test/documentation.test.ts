import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Documentation that names what is not there sends its reader nowhere. */

const root = dirname(import.meta.dirname);
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What a checkout does not have: `.gitignore`, and what npm and git keep for themselves. */
const notChecked = new Set([...read('.gitignore').split('\n'), '.git'].map((line) => line.replace(/\/$/, '')));
const files = globSync(['**/*', '.*/**/*', '.*'], { cwd: root, exclude: (name) => notChecked.has(name) })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !/\.log$/.test(file));
const known = new Set(files);
const folders = new Set(files.map((file) => file.split('/')[0] ?? ''));

const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

const fence = /^ *```[\s\S]*?^ *```/gm;
const link = /\]\((?!https?:|mailto:)([^)\s]+)\)/g;
const inlineCode = /`([^`\n]+)`/g;
const namesFile = /^[\w./@-]+\.(?:ts|mjs|json|md|yml|html|jsonl)$/;
const namesFolder = /^[\w.-][\w./*-]*\/$/;
const npmScript = /\bnpm run (?:-s |--silent )?([\w:-]+)(?![\w:-]| -w )/g;
const vitestPath = /\bnpx vitest run ((?:[\w./-]+ ?)+)/g;

/** Files that a page speaks of and no checkout has: CDK's own, a bundle, and an example of what not to do. */
const elsewhere: ReadonlySet<string> = new Set(['cdk.context.json', 'index.mjs', 'config.prod.json']);

const pages = files.filter((file) => file.endsWith('.md'));

test('there are pages to look at', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/glossary.md', 'workshop/06-processes/README.md']));
});

describe.each(pages)('%s', (page) => {
  const text = read(page);
  const prose = text.replaceAll(fence, '');
  const folder = dirname(page);

  test('links to what is there', () => {
    const targets = [...prose.matchAll(link)].map(([, target = '']) => target);
    expect(targets.filter((target) => !leadsSomewhere(target, page))).toEqual([]);
  });

  test('names files and folders that are there', () => {
    const named = [...prose.matchAll(inlineCode)].map(([, code = '']) => code).filter(isPath);
    expect(named.filter((path) => !isThere(path, folder))).toEqual([]);
  });

  test('names scripts of package.json, and tests that are there', () => {
    const named = [...text.matchAll(npmScript)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
    const tested = [...text.matchAll(vitestPath)].flatMap(([, paths = '']) => paths.trim().split(' '));
    expect(tested.filter((path) => !path.startsWith('-') && !existsSync(join(root, path)))).toEqual([]);
  });
});

const code = files.filter((file) => /^[^.].*\/.*\.ts$/.test(file) && !/\.(test|fixture)\.ts$|^test\//.test(file));

test('README.md names every folder with code', () => {
  const wanted = [...new Set(code.map((file) => file.split('/')[0]))];
  expect(wanted.filter((folder) => !read('README.md').includes(`\`${folder}`))).toEqual([]);
});

test('CONTRIBUTING.md says of all code what it may import', () => {
  const [, table = ''] = /\| what may be imported there \|\n([\s\S]*?)\n\n/.exec(read('CONTRIBUTING.md')) ?? [];
  const named = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(inlineCode)]);
  const places = named.map(
    ([, place = '']) =>
      new RegExp(
        `^${place
          .replace(/\/$/, '')
          .replace('NN', String.raw`\d\d`)
          .replaceAll(/\*|\bX\b/g, '[^/]+')}(/|$)`,
      ),
  );
  expect(code.filter((file) => !places.some((place) => place.test(file)) && !isBeside(file))).toEqual([]);
});

/** "... and the files beside it" is said of two files. */
const isBeside = (file: string): boolean => /^(infra|emulator)\/[^/]+$/.test(file);

test('version managers read one version of Node, whichever file they look at', () => {
  expect(read('.nvmrc')).toBe(read('.node-version'));
});

function leadsSomewhere(target: string, page: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path).split(sep).join('/').replace(/\/$/, '');
  if (anchor === undefined) {
    return existsSync(join(root, file));
  }
  return known.has(file) && headingsOf(read(file)).includes(anchor);
}

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(markdown: string): string[] {
  const headings = markdown.replaceAll(fence, '').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Whether code names a file of a checkout, or something in a folder at its root. `NN`, `X` and `<name>` stand for any name. */
function isPath(code: string): boolean {
  const isMade = notChecked.has(code.split('/')[0] ?? '') || elsewhere.has(code);
  if (isMade || /\bNN\b|<|\/X\b|\s|[{(]/.test(code)) {
    return false;
  }
  return (
    namesFile.test(code) || namesFolder.test(code) || (code.includes('/') && folders.has(code.split('/')[0] ?? ''))
  );
}

/** From the root, from the page's folder, or as the end of some file's path. */
function isThere(path: string, folder: string): boolean {
  if (path.includes('*')) {
    return globSync(path, { cwd: root }).length > 0;
  }
  const plain = path.replace(/\/$/, '');
  const isEnd = files.some((file) => file.endsWith(`/${plain}`));
  return isEnd || [root, join(root, folder)].some((from) => existsSync(join(from, plain)));
}
