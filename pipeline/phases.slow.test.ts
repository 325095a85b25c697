import { App, CfnOutput, Stack, Stage } from 'aws-cdk-lib/core';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FactoryFunction } from '../infra/constructs/factory-function.ts';
import { build } from './build.ts';
import { fill, testFolder } from './folder.fixture.ts';
import { openLedger, releasesIn } from './ledger.ts';
import { release } from './release.ts';
import { rollBack, run } from './run.ts';
import { targetAt } from './target.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
});

afterAll(() => emulator.close());

const answering = (body: string) => `export const handler = async () => ({ statusCode: 200, body: '${body}' });`;

/** Synthesises a stage with one function, which is this source. */
async function assemble(source: string, outdir: string): Promise<void> {
  const bundle = await testFolder();
  await fill(bundle, { 'index.mjs': source });
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(new Stage(app, 'Factor05'), 'Prod');
  const ordering = new FactoryFunction(stack, 'Ordering', {
    ...{ bundle, service: 'ordering', description: 'Answers', release: 'test', processEnvironment: {} },
  });
  const outputs = { OrderingFunction: ordering.function.functionName, OrderingUrl: ordering.addPublicUrl().url };
  for (const [name, value] of Object.entries(outputs)) {
    new CfnOutput(stack, name, { value });
  }
  app.synth();
}

test('what is built is released beside what runs, runs when it is told to, and goes back without a build', async () => {
  const releases = await testFolder();
  const { signal } = new AbortController();
  const options = { releases, target: targetAt(emulator.url), by: 'ada', signal, onProgress: () => {} };
  const running = { ...options, stack: 'Factor05-Prod' };
  let url = '';

  async function buildOf(source: string) {
    const check = async () => {};
    const folder = (target: string) => assemble(source, target);
    return (await build({ ...options, stage: 'Factor05', check, assemble: folder })).build;
  }
  const releaseOf = (built: Awaited<ReturnType<typeof buildOf>>) =>
    release({
      ...{ ...options, build: built, deploy: 'Prod' },
      onLine: (line) => {
        url = /OrderingUrl = (\S+)/.exec(line)?.[1] ?? url;
      },
    });
  const answer = async () => (await fetch(url)).text();
  const releaseNumbers = async () => releasesIn(await openLedger(releases).read()).map(({ number }) => number);

  await expect(run(undefined, running)).rejects.toThrow(`There is no Factor05-Prod at ${emulator.url}`);

  const one = await buildOf(answering('one'));
  expect(await releaseOf(one)).toMatchObject({
    ...{ isNew: true, runs: true },
    release: { number: 1, build: 1, stack: 'Factor05-Prod', versions: { Ordering: '1' }, by: 'ada' },
  });
  expect(await answer()).toBe('one');
  expect(await releaseOf(one)).toMatchObject({ isNew: false, release: { number: 1 } });
  await expect(rollBack(running)).rejects.toThrow('No release ran in Factor05-Prod before release 1');

  const broken = await buildOf(`throw new Error('LOYALTY_TABLE is not set');`);
  await expect(releaseOf(broken)).rejects.toThrow(/Ordering, version 2, fails its smoke test: .*LOYALTY_TABLE/);
  expect(await releaseNumbers()).toEqual([1]);
  expect(await answer()).toBe('one');

  expect(await releaseOf(await buildOf(answering('two')))).toMatchObject({
    ...{ isNew: true, runs: false },
    release: { number: 2, build: 3, versions: { Ordering: '3' } },
  });
  expect(await answer()).toBe('one');
  expect(await run(undefined, running)).toMatchObject({ release: { number: 2 }, before: { number: 1 } });
  expect(await answer()).toBe('two');
  expect(await rollBack(running)).toMatchObject({ release: { number: 1 }, before: { number: 2 } });
  expect(await answer()).toBe('one');
  expect(await run(2, running)).toMatchObject({ release: { number: 2 } });
  expect(await answer()).toBe('two');

  await expect(run(9, running)).rejects.toThrow('There is no release 9.');
  const entries = await openLedger(releases).read();
  expect(entries.map(({ what }) => what)).toEqual([
    ...['build', 'release', 'run', 'build', 'build', 'release', 'run', 'rollback', 'run'],
  ]);
}, 180_000);

test('config that a stack has no parameter for is refused by its name', async () => {
  const releases = await testFolder();
  const { signal } = new AbortController();
  const options = { releases, target: targetAt(emulator.url), by: 'ada', signal, onProgress: () => {} };
  const { build: built } = await build({
    ...{ ...options, stage: 'Factor05', check: async () => {} },
    assemble: (folder) => assemble(answering('one'), folder),
  });
  const asked = { ...options, build: built, deploy: 'Prod', parameters: { Ovens: '4' }, onLine: () => {} };
  await expect(release(asked)).rejects.toThrow('Factor05-Prod has no parameter for config called Ovens.');
  await expect(release({ ...asked, deploy: 'Test' })).rejects.toThrow('There is no deploy Test.');
});
