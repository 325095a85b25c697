import { once } from 'node:events';
import { expect, test } from 'vitest';
import { loadCdk, runCdk } from './cdk-cli.ts';

const environment = { ...process.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', CDK_OUTDIR: undefined };

test('a CLI that was loaded ahead does what it is told, once', async () => {
  const loaded = loadCdk('lines');
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  expect(await runCdk(['--version'], { environment, loaded, onLine })).toBe(0);
  expect(lines.join('\n')).toMatch(/^\d+\.\d+\.\d+ \(build/);
});

test('a CLI that nobody has anything to do for ends when it is closed', async () => {
  const { child, close } = loadCdk('lines');
  const ended = once(child, 'close');
  close();
  await ended;
});

test('an interruption from before ends it, whatever it was told', async () => {
  const loaded = loadCdk('lines');
  const onLine = () => {};
  const signal = AbortSignal.abort();
  expect(await runCdk(['--version'], { environment, loaded, onLine, signal })).not.toBe(0);
});
