import { Chromium, type DrivenPage, findChromium } from '../../client/browser/chromium.ts';
import { percentile } from '../../workshop/experiment/percentile.ts';
import { type CrowdServer, openCrowd } from '../../workshop/floor/crowd/crowd-server.ts';
import { bundlePage } from '../../workshop/floor/server/page-files.ts';
import { withMainThreadTime } from './main-thread-time.ts';
import { type Sample, sample } from './sample.ts';

const things = 2_000;
const ordersPerSecond = 50;
const measuredFrames = 600;
/** Frames with the whole crowd before the measurement: the first ones still compile the page's code. */
const warmUpFrames = 120;
/** Frames without a movement after which a page stands still. */
const stillFrames = 30;
const tries = 12;
const window = ['--window-size=1440,900'];

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
  return [...figures, ...(await measureFrames(chromium)), ...(await measureLateness(chromium))];
}

/** Frames of a browser that has no GPU. Its main thread then turns into pixels what a GPU would. */
async function measureFrames(chromium: string): Promise<Sample[]> {
  return await withCrowd(chromium, things, ordersPerSecond, async (page) => {
    await untilSeen(page, things);
    await framesOf(page, warmUpFrames);
    const { result: frames, time } = await withMainThreadTime(page, () => framesOf(page, measuredFrames));
    const each = (milliseconds: number | undefined) =>
      milliseconds === undefined ? undefined : milliseconds / frames.length;
    const crowd = `${things} things and ${ordersPerSecond} orders/s`;
    return [
      sample(`a frame with ${crowd}, p95, no GPU`, 'ms', percentile(frames, 0.95)),
      sample('... of it the main thread: script, style and layout, mean', 'ms of CPU', each(time.work)),
      sample(
        '... of it the main thread: pixels, which a GPU makes where there is one, mean',
        'ms of CPU',
        each(time.raster),
      ),
    ];
  });
}

/** From the moment at which a frame is told to the picture that shows it. */
async function measureLateness(chromium: string): Promise<Sample[]> {
  const most = tries * 4;
  return await withCrowd(chromium, most, 0, async (page, server) => {
    await untilSeen(page, most);
    const late: number[] = [];
    for (let i = 0; i < tries; i += 1) {
      late.push(await latenessOf(page, server));
    }
    return [sample('from a frame that is told to its picture, p95', 'ms', percentile(late, 0.95))];
  });
}

async function withCrowd(
  chromium: string,
  most: number,
  perSecond: number,
  use: (page: DrivenPage, server: CrowdServer) => Promise<Sample[]>,
): Promise<Sample[]> {
  const browser = new Chromium(chromium, window);
  const server = await openCrowd(most, perSecond);
  try {
    return await use(await browser.drive(server.url), server);
  } finally {
    await server.close();
    await browser.close();
  }
}

/** Waits in the page, frame by frame, until an expression is true. */
async function untilInPage(page: DrivenPage, isSo: string): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    let [before, still] = ['', 0];
    requestAnimationFrame(function look() {
      const seen = document.querySelector('canvas')?.dataset.seen ?? '';
      still = seen === before ? still + 1 : 0;
      before = seen;
      ${isSo} ? done() : requestAnimationFrame(look);
    });
  })`);
}

/** Waits until the page draws a number of things, by its own count. */
const untilSeen = (page: DrivenPage, count: number): Promise<void> =>
  untilInPage(page, `[...seen.matchAll(/\\d+/g)].reduce((sum, [one]) => sum + Number(one), 0) >= ${count * 0.95}`);

/** Milliseconds between a number of frames that the page shows. */
async function framesOf(page: DrivenPage, count: number): Promise<number[]> {
  return await page.evaluate<number[]>(`new Promise((done) => {
    const frames = [];
    let last;
    requestAnimationFrame(function next(now) {
      if (last !== undefined) {
        frames.push(now - last);
      }
      last = now;
      frames.length < ${count} ? requestAnimationFrame(next) : done(frames);
    });
  })`);
}

async function latenessOf(page: DrivenPage, { crowd, send }: CrowdServer): Promise<number> {
  // What came before is to be seen where it is, so that the next change is of what is told now.
  await untilInPage(page, `still >= ${stillFrames}`);
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
