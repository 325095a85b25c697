import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { OrderBody } from '../../client/factory/order-client.ts';
import { declaredIn } from '../experiment/manifests.ts';
import { createCleanRoom } from './clean-room.ts';
import { serveOnce } from './serve-once.ts';

const order: OrderBody = { customer: 'Ada', items: [{ recipe: 'raisin', quantity: 1 }] };

/** A repository in which two packages are installed, and one of them is declared. */
async function messyRepository(source: string): Promise<string> {
  const repository = await mkdtemp(join(tmpdir(), 'messy-'));
  onTestFinished(() => rm(repository, { recursive: true }));
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(repository, file)), { recursive: true });
    await writeFile(join(repository, file), text);
  };
  for (const name of ['@bakery/butter', 'margarine']) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './index.js' }));
    await write(`node_modules/${name}/index.js`, 'export const cents = 7;\n');
  }
  await write('package.json', JSON.stringify({ type: 'module', dependencies: { '@bakery/butter': '1.0.0' } }));
  await write('kitchen/root.ts', source);
  return repository;
}

const kitchenWith = (spread: string) => `import { cents } from '${spread}';
export const handler = async (event: { body: string }) =>
  ({ statusCode: 202, body: JSON.stringify({ totalCents: JSON.parse(event.body).items.length * cents }) });\n`;

async function serveFrom(repository: string) {
  const room = await createCleanRoom(repository, { files: ['kitchen/root.ts'], packages: [] });
  onTestFinished(() => room.close());
  return await serveOnce(join(room.folder, 'kitchen/root.ts'), order, AbortSignal.timeout(120_000));
}

test('what is declared is there', async () => {
  const repository = await messyRepository(kitchenWith('@bakery/butter'));
  expect(await declaredIn(repository)).toEqual(['@bakery/butter']);
  expect(await serveFrom(repository)).toEqual({ status: 202, totalCents: 7 });
});

test('what only happens to be installed is missed by its name', async () => {
  const { failure } = await serveFrom(await messyRepository(kitchenWith('margarine')));
  expect(failure).toMatchObject({
    code: 'ERR_MODULE_NOT_FOUND',
    message: expect.stringContaining("Cannot find package 'margarine'"),
  });
});
