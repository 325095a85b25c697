import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Chromium, type DrivenPage, findChromium } from '../client/browser/chromium.ts';
import { startEmbedded } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { openFloor } from '../workshop/floor/server/floor-server.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'pictures');
const size = { width: 1400, height: 830, deviceScaleFactor: 1, mobile: false };
const quality = 62;
const before = 5;
const after = 6;
const traffic = 3;
/** How often the floor is opened for a run that sends no customer away. */
const attempts = 6;
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
  const browser = new Chromium(chromium);
  try {
    const page = await browser.drive('about:blank');
    await page.send('Emulation.setDeviceMetricsOverride', size);
    await pictureFloor(page, endpoint.url, signal);
    await pictureLesson(page, endpoint.url, signal);
    return 0;
  } finally {
    await browser.close();
    await endpoint.close();
  }
});

/**
 * Kills everybody on a floor on which all goes well, and pictures that. A machine that is busy sends customers away while processes start:
 * then the floor is opened again, beside processes that have started by now.
 */
async function pictureFloor(page: DrivenPage, endpoint: string, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < attempts; at += 1) {
    const server = await openFloor({ endpoint, snapshots: [before, after], traffic, port: 0 });
    try {
      await server.floor.deploy();
      await page.send('Page.navigate', { url: server.url });
      if (!(await allGoesWell(page, signal))) {
        continue;
      }
      await page.evaluate(`document.querySelector('[data-break="kill-all"]').click()`);
      await until(async () => ((await seenIn(page, 0))['ground'] ?? 0) > enough / 2, signal);
      await takePictures(page, 'floor');
      return;
    } finally {
      await server.close();
    }
  }
  throw new UserError('This machine has too much else to do: customers were sent away each time. Try again later.');
}

/** Waits until there is enough to see. Returns whether no customer was sent away before that. */
async function allGoesWell(page: DrivenPage, signal: AbortSignal): Promise<boolean> {
  let isSpoilt = false;
  await until(async () => {
    const sentAway = await page.evaluate<number>(
      `[...document.querySelectorAll('[data-figure="sent away"] dd')].reduce((sum, { innerText }) => sum + Number(innerText), 0)`,
    );
    isSpoilt = sentAway > 0;
    const starting = await page.evaluate<number>(`document.querySelectorAll('.environment.starting').length`);
    const [inMemory, inTable] = [await seenIn(page, 0), await seenIn(page, 1)];
    const isEnough = (inMemory['drawer'] ?? 0) >= enough && (inTable['shelf'] ?? 0) >= enough / 2;
    return isSpoilt || (isEnough && starting === 0);
  }, signal);
  return !isSpoilt;
}

async function pictureLesson(page: DrivenPage, endpoint: string, signal: AbortSignal): Promise<void> {
  const server = await openFloor({ endpoint, snapshots: [after], traffic: 0, port: 0 });
  const isThere = (selector: string) => page.evaluate<boolean>(`document.querySelector('${selector}') !== null`);
  try {
    await page.send('Page.navigate', { url: `${server.url}lessons/${after}` });
    await until(() => isThere('[data-panel="diff"] button'), signal);
    await page.evaluate(`document.querySelector('[data-panel="diff"] button').click()`);
    await until(() => isThere('.diff .row'), signal);
    await page.evaluate(`document.querySelector('[data-panel="diff"]').scrollIntoView(); scrollBy(0, ${-aboveDiff})`);
    await takePictures(page, 'lesson');
  } finally {
    await server.close();
  }
}

/** One for each theme, as soon after each other as can be. */
async function takePictures(page: DrivenPage, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
    await takePicture(page, `${name}-${theme}`);
  }
}

async function takePicture(page: DrivenPage, name: string): Promise<void> {
  const { data } = await page.send<{ data: string }>('Page.captureScreenshot', { format: 'webp', quality });
  const file = join(folder, `${name}.webp`);
  await writeFile(file, Buffer.from(data, 'base64'));
  console.log(file);
}

async function until(isSo: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await isSo())) {
    await pause(lookEveryMs, undefined, { signal });
  }
}

/** How many things are drawn at each place of a lane. */
async function seenIn(page: DrivenPage, lane: number): Promise<Readonly<Record<string, number>>> {
  const seen = await page.evaluate<string>(`document.querySelectorAll('canvas')[${lane}]?.dataset.seen ?? ''`);
  return Object.fromEntries([...seen.matchAll(/(\w+) (\d+)/g)].map(([, place = '', count]) => [place, Number(count)]));
}
