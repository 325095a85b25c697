import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pinToLocalAccount } from './local-account.ts';
import { appOverPlaceholders } from './synthesis.fixture.ts';

const app = appOverPlaceholders();
const { directory } = app.synth();

function read(): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(directory.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')];
    }),
  );
}

const before = read();
pinToLocalAccount(app.synth());
const after = read();
const stages = [...before.keys()].flatMap((file) => /^(assembly-Factor\d\d)\/manifest\.json$/.exec(file)?.[1] ?? []);

test('the templates and assets for the local account are those for AWS', () => {
  const changed = [...before].filter(([file, text]) => after.get(file) !== text).map(([file]) => file);
  expect(changed.filter((file) => !/(^|\/)manifest\.json$|\.assets\.json$/.test(file))).toEqual([]);
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect(before.size).toBeGreaterThan(3 * stages.length);
});

test.each(stages)('the stacks of %s belong to the local account, and name no role to assume', (stage) => {
  const manifests = [...after].filter(
    ([file]) => file.startsWith(`${stage}/`) && /manifest\.json$|assets\.json$/.test(file),
  );
  const all = manifests.map(([, text]) => text).join('');
  expect(all).toContain('"environment": "aws://000000000000/unknown-region"');
  expect(all).not.toMatch(/unknown-account|deploy-role|file-publishing-role|lookup-role/);
});

test('where an asset goes is as it was, but for the role', () => {
  for (const [file, text] of before) {
    if (!file.endsWith('.assets.json')) {
      continue;
    }
    const withoutRoles: unknown = JSON.parse(text, (name, value) => (name === 'assumeRoleArn' ? undefined : value));
    expect(JSON.parse(after.get(file) ?? '')).toEqual(withoutRoles);
  }
});
