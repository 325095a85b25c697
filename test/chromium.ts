import { describe, onTestFinished } from 'vitest';
import { Chromium, type DrivenPage, findChromium } from '../client/browser/chromium.ts';

export type { DrivenPage };

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
  openBrowser(flags, url);
}

/** Opens a page that a test looks at and types into, until the end of the test. */
export async function drivePage(url: string, flags: readonly string[] = []): Promise<DrivenPage> {
  return await openBrowser(flags).drive(url);
}

function openBrowser(flags: readonly string[], url?: string): Chromium {
  const browser = new Chromium(chromium ?? '', flags, url);
  onTestFinished(() => browser.close());
  return browser;
}
