import { setTimeout as pause } from 'node:timers/promises';
import { Chromium, type DrivenPage, findChromium } from '../../client/browser/chromium.ts';
import { percentile } from '../../workshop/experiment/percentile.ts';
import { type CrowdServer, openCrowd } from '../../workshop/floor/crowd/crowd-server.ts';
import { bundlePage } from '../../workshop/floor/server/page-files.ts';
import { type Sample, sample } from './sample.ts';

const things = 2_000;
const ordersPerSecond = 50;
const measuredMs = 10_000;
const warmUpMs = 3_000;
const tries = 12;

/** The page of the floor: its weight, how long it takes to bundle it, its frames with a crowd, and how late it shows what happens. */
export async function measureFloorPage(): Promise<Sample[]> {
  await bundlePage('');
  const started = performance.now();
  const files = await bundlePage('');
  const bundled = performance.now() - started;
  const bytes = [...files.values()].reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const figures = [
    sample('the page of the floor, on the wire', 'KB', bytes / 1024),
    sample('bundling the page of the floor', 'ms', bundled),
  ];
  const chromium = findChromium();
  if (!chromium) {
    console.error('Not measured: the frames of the floor. There is no Chromium here.');
    return figures;
  }
  const browser = new Chromium(chromium, ['--window-size=1440,900']);
  const server = await openCrowd(things, ordersPerSecond);
  try {
    const page = await browser.drive(server.url);
    await pause(warmUpMs);
    const frames = await framesOf(page);
    figures.push(
      sample(`a frame with ${things} things and ${ordersPerSecond} orders/s, p95`, 'ms', percentile(frames, 0.95)),
    );
  } finally {
    await server.close();
    await browser.close();
  }
  return [...figures, ...(await measureLateness(chromium))];
}

/** Milliseconds between the frames that the page shows. */
async function framesOf(page: DrivenPage): Promise<number[]> {
  return await page.evaluate<number[]>(`new Promise((done) => {
    const frames = [];
    const start = performance.now();
    let last = start;
    requestAnimationFrame(function next(now) {
      frames.push(now - last);
      last = now;
      now - start < ${measuredMs} ? requestAnimationFrame(next) : done(frames.slice(2));
    });
  })`);
}

/** From the moment at which a frame is told to the picture that shows it. */
async function measureLateness(chromium: string): Promise<Sample[]> {
  const browser = new Chromium(chromium, ['--window-size=1440,900']);
  const server = await openCrowd(tries * 4, 0);
  try {
    const page = await browser.drive(server.url);
    await pause(warmUpMs);
    const late: number[] = [];
    for (let i = 0; i < tries; i += 1) {
      late.push(await latenessOf(page, server));
    }
    return [sample('from a frame that is told to its picture, p95', 'ms', percentile(late, 0.95))];
  } finally {
    await server.close();
    await browser.close();
  }
}

async function latenessOf(page: DrivenPage, { crowd, send }: CrowdServer): Promise<number> {
  // What came before is to be seen where it is, so that the next change is of what is told now.
  await pause(1_500);
  await page.evaluate(`void (window.shown = new Promise((done) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      done(performance.timeOrigin + performance.now());
    }).observe(document.querySelector('canvas'), { attributes: true, attributeFilter: ['data-seen'] });
  }))`);
  const told = Date.now();
  crowd.goOn(1);
  send();
  return (await page.evaluate<number>('window.shown')) - told;
}
