import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from './command.fixture.ts';
import { openFile } from './open-file.ts';

test.skipIf(process.platform === 'win32')('a file is opened with the program of the person', async () => {
  const folder = scratchFolder();
  const [browser, opened] = [join(folder, 'browser'), join(folder, 'opened')];
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
  chmodSync(browser, 0o755);
  expect(await openFile('file:///report.html', { ...process.env, BROWSER: browser })).toBe(true);
  await expect
    .poll(() => existsSync(opened) && readFileSync(opened, 'utf8'), { timeout: 10_000 })
    .toBe('file:///report.html');
});

test('where there is no such program, it says so', async () => {
  expect(await openFile('report.html', { PATH: '' }, 'linux')).toBe(false);
});
