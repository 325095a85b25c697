import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleFolder, rootsOf, snapshots, twoDigits } from '../workshop/snapshots.ts';
import { addStages } from './stages.ts';
import { emptyApp, placeholders, templateOf } from './synthesis.fixture.ts';

const [one, other] = [placeholders(), placeholders()];
cpSync(one.bundles, other.bundles, { recursive: true });
for (const snapshot of snapshots) {
  for (const root of rootsOf(snapshot)) {
    appendFileSync(join(other.bundles, bundleFolder(snapshot, root), 'index.mjs'), '// changed\n');
  }
}
const [before, after] = [one, other].map((source) => {
  const app = emptyApp();
  addStages(app, source);
  return (path: string) => templateOf(app, path).toJSON() as Record<string, Record<string, Resource>>;
});

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const typeAndChanges = (was: Resource | undefined, is: Resource) =>
  Object.entries(is.Properties ?? {})
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was?.Properties?.[name]))
    .map(([name]) => `${is.Type} ${name}`);

/** What the CDK CLI puts in place without a deploy (AWS CDK Developer Guide, "cdk deploy", `--hotswap`). */
const hotswappable = [
  ...['AWS::Lambda::Function Code', 'AWS::Lambda::Function Environment', 'AWS::Lambda::Alias FunctionVersion'],
  // A version with another id takes the place of the last one; its properties are the same.
  'AWS::Lambda::Version FunctionName',
];

test.each(snapshots.map(({ number }) => `Factor${twoDigits(number)}/Prod`))(
  'other code changes of %s only what the CDK CLI can hotswap',
  (path) => {
    const { Resources: old = {}, ...restBefore } = before?.(path) ?? {};
    const { Resources: now = {}, ...restAfter } = after?.(path) ?? {};
    expect(restAfter).toEqual(restBefore);
    const changes = Object.entries(now).flatMap(([id, resource]) => typeAndChanges(old[id], resource));
    expect(changes).toContain('AWS::Lambda::Function Code');
    expect(changes.filter((change) => !hotswappable.includes(change))).toEqual([]);
  },
);
