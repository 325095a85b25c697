import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../terminal/user-error.ts';
import { type ReleaseOrder, releaseApart } from './release-apart.ts';

const signal = new AbortController().signal;

/** An order for a release step with this body. */
async function orderFor(body: string): Promise<ReleaseOrder> {
  const folder = await mkdtemp(join(tmpdir(), 'release-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'release.mts');
  await writeFile(file, `export async function release(options) { ${body} }`);
  const build = { kind: 'build', number: 1 } as unknown as ReleaseOrder['build'];
  return {
    file,
    isDirect: false,
    endpoint: 'http://127.0.0.1:1',
    releases: folder,
    build,
    deploy: 'Prod',
    by: 'a test',
  };
}

test('a step is given what it needs, and its release comes back', async () => {
  const order = await orderFor('return { release: { number: options.build.number, target: options.target.name } };');
  expect(await releaseApart(order, signal)).toEqual({ number: 1, target: 'http://127.0.0.1:1' });
});

test('what a step throws is thrown', async () => {
  const order = await orderFor(`throw Object.assign(new Error('It failed its smoke test.'), { name: 'UserError' });`);
  await expect(releaseApart(order, signal)).rejects.toThrow(new UserError('It failed its smoke test.'));
});

test.each([
  {
    body: 'for (;;) {}',
    patience: { beats: 20 },
    says: 'release.ts has a loop without an end, which waits for nothing: see releaseWith.',
  },
  {
    body: 'for (;;) { await new Promise(setImmediate); }',
    // A thread that lives may be silent for long on a busy machine.
    patience: { beats: Number.POSITIVE_INFINITY, milliseconds: 2_000 },
    says: 'release.ts does not end: see what releaseWith waits for.',
  },
])('a step with $body is ended', async ({ body, patience, says }) => {
  const order = await orderFor(body);
  await expect(releaseApart(order, signal, patience)).rejects.toThrow(says);
});

test('an interruption ends it', async () => {
  const interrupted = new AbortController();
  const order = await orderFor('for (;;) {}');
  const released = releaseApart(order, interrupted.signal);
  interrupted.abort(new Error('Interrupted.'));
  await expect(released).rejects.toThrow('Interrupted.');
});
