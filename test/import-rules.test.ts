import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, sep } from 'node:path';
import { expect, test } from 'vitest';
import { type ImportRule, importRules } from './import-rules.ts';

const root = dirname(import.meta.dirname);
const ignored = /(^|\/)(node_modules|dist|cdk\.out|coverage|my-factory|releases|\.[^/]+)\//;

const sources = globSync('**/*.ts', { cwd: root, exclude: (name) => name === 'node_modules' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !ignored.test(file) && !file.endsWith('.d.ts'));

test.each(sources)('%s imports only what its place allows', (file) => {
  const rule = importRules.find(({ from }) => from.test(file));
  expect(rule, `no rule says what ${file} may import`).toBeDefined();
  const refused = rule ? importsOf(file).filter((specifier) => !isAllowed(rule, file, specifier)) : [];
  expect(refused).toEqual([]);
});

test.each(
  sources.filter(
    (file) => /^(scripts|workshop|client|terminal|pipeline)\//.test(file) && !/\.(test|fixture)\.ts$/.test(file),
  ),
)('%s leaves it to client/endpoint where a URL leads', (file) => {
  // `fetch` would look up the name in a function URL, which may be one of AWS.
  expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/(?<![\w.#])fetch\(/);
});

test('a rule refuses what it does not name', () => {
  const domain = importRules.find(({ from }) => from.test('functions/domain/order.ts'));
  const refuses = (specifier: string) => domain && !isAllowed(domain, 'functions/domain/order.ts', specifier);
  expect(refuses('zod')).toBe(true);
  expect(refuses('node:fs')).toBe(true);
  expect(refuses('../adapters/contract.ts')).toBe(true);
  expect(refuses('./recipe.ts')).toBe(false);
});

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = source.matchAll(
    /^(?:(?:import|export|\}) (?:[^'\n]*from )?'([^']+)'|.*\bimport\('([^']+)'\))|^\} from '([^']+)'/gm,
  );
  return [...statements].map(([, ...found]) => found.find(Boolean) ?? '');
}

function isAllowed(rule: ImportRule, file: string, specifier: string): boolean {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const isOwn = rule.own === true && target.startsWith(`${ownFolder(file)}/`);
    return isOwn || rule.files.some((allowed) => allowed.test(target));
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return rule.node === true;
  }
  return rule.packages === 'any' || rule.packages.some((allowed) => allowed.test(specifier));
}

/** A service's own folder is the whole service; elsewhere it is the folder the file is in. */
function ownFolder(file: string): string {
  return /^emulator\/services\/[^/]+/.exec(file)?.[0] ?? posix.dirname(file);
}
