import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Chromium, type DrivenPage, findChromium } from '../client/browser/chromium.ts';
import { startEmbedded } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { openFloor } from '../workshop/floor/server/floor-server.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'pictures');
const size = { width: 1320, height: 800, deviceScaleFactor: 1, mobile: false };
const quality = 62;
const before = 5;
const after = 6;
const traffic = 4;
/** Orders that are to be seen when everybody is killed. */
const enough = 24;
const lookEveryMs = 60;
/** So much of a lesson's text is seen above its diff, in pixels. */
const aboveDiff = 290;

const program = command(
  'pictures',
  'Makes the pictures of the README anew: the floor at the moment everybody is killed, and the page of a lesson.',
  'npm run pictures',
);

await runCommand(program, async (signal) => {
  const chromium = findChromium();
  if (!chromium) {
    throw new UserError('There is no Chromium here. Install one, or name it in CHROMIUM.');
  }
  const endpoint = await startEmbedded({ port: 0 });
  const server = await openFloor({ endpoint: endpoint.url, snapshots: [before, after], traffic, port: 0 });
  const browser = new Chromium(chromium);
  try {
    await server.floor.deploy();
    const page = await browser.drive(server.url);
    await page.send('Emulation.setDeviceMetricsOverride', size);
    for (const theme of ['light', 'dark']) {
      const features = [{ name: 'prefers-color-scheme', value: theme }];
      await page.send('Emulation.setEmulatedMedia', { features });
      await untilSeen(page, (seen) => (seen['drawer'] ?? 0) >= enough, signal);
      const lying = (await seenIn(page))['ground'] ?? 0;
      await page.evaluate(`document.querySelector('[data-break="kill-all"]').click()`);
      await untilSeen(page, (seen) => (seen['ground'] ?? 0) > lying + enough / 2, signal);
      await takePicture(page, `floor-${theme}`);
    }
    await page.send('Page.navigate', { url: `${server.url}lessons/${after}` });
    await untilThere(page, '[data-panel="diff"] button', signal);
    await page.evaluate(`document.querySelector('[data-panel="diff"] button').click()`);
    await untilThere(page, '.diff .row', signal);
    await page.evaluate(`document.querySelector('[data-panel="diff"]').scrollIntoView(); scrollBy(0, ${-aboveDiff})`);
    for (const theme of ['light', 'dark']) {
      await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
      await takePicture(page, `lesson-${theme}`);
    }
    return 0;
  } finally {
    await browser.close();
    await server.close();
    await endpoint.close();
  }
});

async function takePicture(page: DrivenPage, name: string): Promise<void> {
  const { data } = await page.send<{ data: string }>('Page.captureScreenshot', { format: 'webp', quality });
  const file = join(folder, `${name}.webp`);
  await writeFile(file, Buffer.from(data, 'base64'));
  console.log(file);
}

/** Waits until a page has an element. */
async function untilThere(page: DrivenPage, selector: string, signal: AbortSignal): Promise<void> {
  while (!(await page.evaluate<boolean>(`document.querySelector(${JSON.stringify(selector)}) !== null`))) {
    await pause(lookEveryMs, undefined, { signal });
  }
}

/** Waits until the upper lane shows what is wanted. */
async function untilSeen(
  page: DrivenPage,
  isWanted: (seen: Readonly<Record<string, number>>) => boolean,
  signal: AbortSignal,
): Promise<void> {
  while (!isWanted(await seenIn(page))) {
    await pause(lookEveryMs, undefined, { signal });
  }
}

/** How many things are drawn at each place of the upper lane. */
async function seenIn(page: DrivenPage): Promise<Readonly<Record<string, number>>> {
  const seen = await page.evaluate<string>(`document.querySelector('canvas')?.dataset.seen ?? ''`);
  return Object.fromEntries([...seen.matchAll(/(\w+) (\d+)/g)].map(([, place = '', count]) => [place, Number(count)]));
}
