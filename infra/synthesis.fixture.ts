import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, type AppProps, Stack } from 'aws-cdk-lib/core';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { bundleFolder, rootsOf, snapshots } from '../workshop/snapshots.ts';
import { addStages, type StagesProps } from './stages.ts';

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const repository = join(import.meta.dirname, '..');

/** A folder of its own for a test file, removed when its tests are done. */
function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'infra-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What the stages deploy, but empty: what is tested here is the infrastructure. */
export function placeholders(): Pick<Required<StagesProps>, 'bundles' | 'recipes'> {
  const bundles = scratchFolder();
  for (const snapshot of snapshots) {
    for (const root of rootsOf(snapshot)) {
      const folder = join(bundles, bundleFolder(snapshot, root));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => '${root.name}';\n`);
    }
  }
  const recipes = join(bundles, 'recipes.json');
  writeFileSync(recipes, JSON.stringify([{ name: 'placeholder' }]));
  return { bundles, recipes };
}

/**
 * For tests: the app with all its stages, over placeholders and under the feature flags of cdk.json. Call it once a
 * file, outside any test, because synthesis is slow.
 */
export function appOverPlaceholders(props: AppProps = {}): App {
  const app = emptyApp(props);
  addStages(app, placeholders());
  return app;
}

/** For tests: an app under the same feature flags, with no stage. Call it outside any test, too. */
export function emptyApp(props: AppProps = {}): App {
  const { context } = cdkJson.parse(JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')));
  return new App({ outdir: scratchFolder(), builtinCloudFormationValidation: false, context, ...props });
}

/** The template of one deploy, by its path: `Factor12/Prod`. */
export function templateOf(app: App, path: string): Template {
  const [stageName = '', stackName = ''] = path.split('/');
  const stack = app.node.findChild(stageName).node.findChild(stackName);
  if (!Stack.isStack(stack)) {
    throw new Error(`${path} is not a stack`);
  }
  return Template.fromStack(stack);
}
