import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, onTestFinished } from 'vitest';

/** The Chromium of this machine; undefined where there is none. */
const chromium = findChromium();

/** Tests that need a browser. Where there is none they are skipped, and their title says why. */
export const describeInBrowser = (tests: () => void) =>
  describe.skipIf(!chromium)(
    chromium
      ? 'in a browser'
      : 'in a browser: skipped, because there is no chromium here (apt-get install chromium, or CHROMIUM)',
    tests,
  );

/** Opens a page in a browser without a window, which stays open until the end of the test. */
export function openPage(url: string, flags: readonly string[]): void {
  const browser = spawn(chromium ?? '', [...switches(flags), '--remote-debugging-port=0', url], { stdio: 'ignore' });
  onTestFinished(async () => {
    const closed = once(browser, 'close');
    browser.kill();
    await closed;
  });
}

function switches(flags: readonly string[]): string[] {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  onTestFinished(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  return [
    ...['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`, '--no-proxy-server'],
    ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...flags,
  ];
}

function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env;
  const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = PATH.split(delimiter).flatMap((folder) => browsers.map((name) => join(folder, name)));
  return (CHROMIUM ? [CHROMIUM] : places).find((file) => existsSync(file));
}
