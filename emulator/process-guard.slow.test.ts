import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

test('what a timer or a promise throws is said in a line, and the endpoint serves on', async () => {
  const endpoint = spawn(process.execPath, [join(import.meta.dirname, 'guarded-endpoint.fixture.ts')]);
  onTestFinished(async () => {
    endpoint.kill('SIGKILL');
    await once(endpoint, 'close');
  });
  const lines: string[] = [];
  createInterface(endpoint.stderr).on('line', (line) => lines.push(line));
  const [url] = await once(createInterface(endpoint.stdout), 'line');
  expect((await fetch(new URL('/_emulator/health', url))).status).toBe(200);
  expect(lines.sort()).toEqual([
    expect.stringMatching(/^The endpoint failed unexpectedly: Error: a promise at .+/),
    expect.stringMatching(/^The endpoint failed unexpectedly: Error: a timer at .+/),
    'The endpoint failed unexpectedly: no error at all',
  ]);
});
