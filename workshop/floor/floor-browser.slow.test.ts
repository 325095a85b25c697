import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { describeStack, withCloudFormation } from '../../client/cloudformation/describe-stack.ts';
import { localAccessKeys } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { type DrivenPage, describeInBrowser, drivePage } from '../../test/chromium.ts';
import { click, goTo, patience, prefer, press, seriousIn, textOf, waitForText } from '../../test/in-page.ts';
import { lookAt, phone } from '../report/page-in-browser.fixture.ts';
import { openCrowd } from './crowd/crowd-server.ts';
import { stackOfSnapshot } from './deployer.ts';
import { deploySnapshots, openTestFloor } from './floor.fixture.ts';
import type { FloorServer } from './server/floor-server.ts';

interface Opened {
  readonly server: FloorServer;
  readonly page: DrivenPage;
}

const figureOf = (page: DrivenPage, lane: number, name: string): Promise<number> =>
  page.evaluate(
    `parseFloat([...document.querySelectorAll('.lane')][${lane}].querySelector('[data-figure="${name}"] dd').innerText)`,
  );

describeInBrowser(() => {
  /** Whose factories all tests look at. */
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
    await deploySnapshots(emulator.url, [5, 6, 12]);
  }, 180_000);

  afterAll(() => emulator?.close());

  /** A floor with factories that are deployed, and a page that looks at it. */
  async function openWith(snapshots: readonly number[], traffic: number): Promise<Opened> {
    const server = await openTestFloor(emulator.url, snapshots, traffic);
    const page = await drivePage(server.url, ['--window-size=1440,900']);
    await vi.waitFor(async () => expect(await textOf(page, '.lanes')).toContain('Version 1 runs'), patience);
    return { server, page };
  }

  test('the finished factory: an order is seen from the counter to the shelf', { timeout: 300_000 }, async () => {
    const { page } = await openWith([12], 2);
    // Every place that anything was ever seen at.
    await page.evaluate(`{
      window.places = new Set();
      setInterval(() => {
        for (const [place] of (document.querySelector('canvas').dataset.seen ?? '').matchAll(/[a-zA-Z]+/g)) {
          window.places.add(place);
        }
      }, 10);
    }`);
    await vi.waitFor(
      async () =>
        expect(await page.evaluate('[...window.places]')).toEqual(
          expect.arrayContaining(['counter', 'belt', 'oven', 'shelf']),
        ),
      patience,
    );
    await vi.waitFor(async () => expect(await textOf(page, '.lanes')).toMatch(/DynamoDB: \d+ orders/), patience);

    await page.evaluate(`document.querySelector('.environment.baker').click()`);
    await vi.waitFor(async () => expect(await textOf(page, '.done')).toBe('Killed a baker'), patience);
    await vi.waitFor(
      async () => expect(await textOf(page, '.ground')).toMatch(/^A baker was killed with .* None is lost\.$/),
      patience,
    );
    await page.evaluate(`document.querySelector('[data-break="burst"]').click()`);
    await vi.waitFor(async () => expect(await textOf(page, '.done')).toContain('100 customers'), patience);
    await vi.waitFor(async () => expect(await figureOf(page, 0, 'baked a second')).toBeGreaterThan(1), patience);
    await page.evaluate(`document.querySelector('[data-break="poison"]').click()`);
    await vi.waitFor(async () => expect(await textOf(page, '.done')).toContain('Poison'), patience);
    await page.evaluate(`document.querySelector('[data-break="throttle-table"]').click()`);
    const throttled = `document.querySelector('[data-break="throttle-table"]').getAttribute('aria-pressed')`;
    await vi.waitFor(async () => expect(await page.evaluate(throttled)).toBe('true'), patience);
    await page.evaluate(`document.querySelector('[data-break="throttle-table"]').click()`);
    await vi.waitFor(async () => expect(await page.evaluate(throttled)).toBe('false'), patience);
    expect(await figureOf(page, 0, 'lost')).toBe(0);
    expect(await figureOf(page, 0, 'baked twice')).toBe(0);

    for (const theme of ['light', 'dark']) {
      await prefer(page, { 'prefers-color-scheme': theme });
      expect(await seriousIn(page), theme).toEqual([]);
    }
    expect(await lookAt(page, phone)).toMatchObject({ headings: 1, hidden: 0, tooSmall: [] });
    expect(page.errors).toEqual([]);
  });

  test('the order of a baker that dies at work is with the queue, and comes back', { timeout: 300_000 }, async () => {
    const { page, server } = await openWith([12], 2);
    await click(page, '.scene button');
    await waitForText(
      page,
      '.ground',
      /^A baker was killed with .*hands (it|them) out again in \d+ s\. None is lost\.$/,
    );
    const hidden = () => server.floor.whole().lanes[0]?.things?.filter(({ hiddenUntil }) => hiddenUntil > 0) ?? [];
    expect(hidden().map(({ place }) => place)).toEqual(hidden().map(() => 'belt'));
    expect(hidden().length).toBeGreaterThan(0);
    await waitForText(page, '.ground', /The queue handed (it|them) out again, and another baker baked (it|them)\./);
    expect(hidden()).toEqual([]);
    expect(page.errors).toEqual([]);
  });

  test('what a log says is text, whatever it says', { timeout: 120_000 }, async () => {
    const { page } = await openWith([12], 1);
    const line = `<img src=x onerror="window.isHacked = true"><script>window.isHacked = true</script>`;
    await writeToLog(emulator.url, line);
    await page.evaluate(`document.querySelector('.log').open = true`);
    await waitForText(page, '.log pre', line.slice(0, 20));
    expect(await textOf(page, '.log pre')).toContain(line);
    expect(await page.evaluate('window.isHacked ?? false')).toBe(false);
    expect(page.errors).toEqual([]);
  });

  test('a lesson leads to its scene, which breaks by itself what it is about', { timeout: 300_000 }, async () => {
    const { page, server } = await openWith([12], 2);
    await goTo(page, `${server.url}lessons/6`);
    await click(page, '[data-do="watch-it"]');
    await waitForText(page, '.scene h2', 'Factor 6');
    await vi.waitFor(async () => expect(await textOf(page, '.lane:nth-child(2)')).toContain('Snapshot 6'), patience);
    expect(await textOf(page, '.lane')).toMatch(/^Snapshot 5 orders in memory/);
    await waitForText(page, '.done', 'Kill everybody');
    await waitForText(page, '.lane:nth-child(1) .ground', /^\d+ lost/);
    expect(await figureOf(page, 1, 'lost')).toBe(0);
    // Both are seen at once on the smallest projector.
    await page.send('Emulation.setDeviceMetricsOverride', {
      width: 1280,
      height: 720,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await page.evaluate(`document.documentElement.classList.add('present')`);
    const lowest = `document.querySelector('.lane:nth-child(2)').getBoundingClientRect().bottom`;
    expect(await page.evaluate(lowest)).toBeLessThanOrEqual(720);
    expect(page.errors).toEqual([]);
  });

  test('who is killed beside each other: red on one lane alone', { timeout: 300_000 }, async () => {
    const { page, server } = await openWith([5, 6], 3);
    const acknowledged = () => server.floor.whole().lanes.map(({ summary }) => summary?.figures.acknowledged ?? 0);
    await vi.waitFor(() => expect(Math.min(...acknowledged())).toBeGreaterThan(8), patience);
    const before = await figureOf(page, 0, 'lost');
    await page.evaluate(`document.querySelector('[data-break="kill-all"]').click()`);
    await vi.waitFor(async () => expect(await figureOf(page, 0, 'lost')).toBeGreaterThan(before), patience);
    await vi.waitFor(
      async () => expect(await page.evaluate(`document.querySelector('canvas').dataset.seen`)).toMatch(/ground \d/),
      patience,
    );
    expect(await figureOf(page, 1, 'lost')).toBe(0);
    const red = `[...document.querySelectorAll('.lane')].map((lane) => lane.classList.contains('has-bad'))`;
    expect(await page.evaluate(red)).toEqual([true, false]);
    // The same customers came to both.
    const [one = 0, other = 0] = server.floor.whole().lanes.map(({ summary }) => summary?.figures.arrived ?? 0);
    expect(one).toBe(other);

    await reachEverythingByKeyboard(page);
    await standStill(page, server);
    expect(page.errors).toEqual([]);
  });

  test('axe finds nothing serious in the live view of any endpoint', { timeout: 60_000 }, async () => {
    const page = await drivePage(emulator.url);
    await vi.waitFor(async () => expect(await textOf(page, 'main')).toContain('Factor12'), patience);
    for (const theme of ['light', 'dark']) {
      await prefer(page, { 'prefers-color-scheme': theme });
      expect(await seriousIn(page), theme).toEqual([]);
    }
    expect(page.errors).toEqual([]);
  });

  test('a page that is left open while 40,000 orders come and go does not grow', { timeout: 240_000 }, async () => {
    const server = await openCrowd(1_000, 0);
    onTestFinished(() => server.close());
    const page = await drivePage(server.url);
    const heapAfter = async (orders: number): Promise<number> => {
      for (let come = 0; come < orders; come += 2_000) {
        for (let frame = 0; frame < 8; frame += 1) {
          server.crowd.goOn(250);
          server.send();
        }
        // One that does not keep up is sent away, and comes back: here it is to have them all.
        const isShown = `document.querySelector('.lanes')?.innerText.includes('${server.crowd.arrived} came')`;
        await vi.waitFor(async () => expect(await page.evaluate(isShown)).toBe(true), patience);
      }
      await page.send('HeapProfiler.collectGarbage');
      const { usedSize } = await page.send<{ usedSize: number }>('Runtime.getHeapUsage');
      return usedSize;
    };
    const early = await heapAfter(4_000);
    const late = await heapAfter(40_000);
    expect(late / early).toBeLessThan(1.3);
    expect(page.errors).toEqual([]);
  });

  test('an endpoint that dies is told, and the page comes back by itself', { timeout: 240_000 }, async () => {
    const endpoint = await startEmulator({ port: 0, accessKeys: localAccessKeys });
    const server = await openTestFloor(endpoint.url, [12], 2);
    const page = await drivePage(server.url);
    await vi.waitFor(async () => expect(await textOf(page, '#connection')).toContain('Live from'), patience);
    expect(await textOf(page, '.lanes')).toContain('being built');
    await endpoint.close();
    await vi.waitFor(async () => expect(await textOf(page, '#connection')).toContain('does not answer'), patience);
    expect(await page.evaluate(`document.querySelector('#connection').getAttribute('role')`)).toBe('status');
    const another = await startEmulator({ port: Number(new URL(endpoint.url).port), accessKeys: localAccessKeys });
    onTestFinished(() => another.close());
    await vi.waitFor(async () => expect(await textOf(page, '#connection')).toContain('Live from'), patience);
    await server.close();
    await vi.waitFor(
      async () => expect(await textOf(page, '#connection')).toContain('The floor does not answer'),
      patience,
    );
  });
});

/** Writes a line as a function of the finished factory does. */
async function writeToLog(endpoint: string, message: string): Promise<void> {
  const configuration = clientConfiguration(endpoint);
  const stack = await withCloudFormation(configuration, (client) => describeStack(stackOfSnapshot(12), client));
  const logs = new CloudWatchLogsClient(configuration);
  onTestFinished(() => logs.destroy());
  const stream = { logGroupName: `/aws/lambda/${stack?.outputs['OrderingFunction']}`, logStreamName: 'of-a-test' };
  await logs.send(new CreateLogGroupCommand(stream));
  await logs.send(new CreateLogStreamCommand(stream));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }));
}

/** Goes through the page with Tab, and kills a process with Enter. */
async function reachEverythingByKeyboard(page: DrivenPage): Promise<void> {
  const reached = new Set<string>();
  await page.evaluate('document.activeElement.blur()');
  for (let step = 0; step < 40; step += 1) {
    await press(page, 'Tab', 9);
    reached.add(
      await page.evaluate(
        `document.activeElement.dataset.break ?? (document.activeElement.dataset.environment ? 'environment' : document.activeElement.tagName)`,
      ),
    );
  }
  const all = ['SELECT', 'INPUT', 'environment', 'burst', 'kill-all', 'deploy', 'roll-back', 'SUMMARY'];
  expect([...reached]).toEqual(expect.arrayContaining(all));
  await vi.waitFor(
    async () => expect(await page.evaluate(`document.querySelector('.environment') !== null`)).toBe(true),
    patience,
  );
  await page.evaluate(`document.querySelector('.environment').focus()`);
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(
    /^Kill counter process \d of Snapshot \d: (starts cold|idle|busy), version \S+, served \d+$/,
  );
  await press(page, 'Enter', 13, '\r');
  await vi.waitFor(async () => expect(await textOf(page, '.done')).toMatch(/Killed somebody|gone already/), patience);
}

/** Two pictures, some time apart, are the same for who wants no motion. */
async function standStill(page: DrivenPage, server: FloorServer): Promise<void> {
  await server.floor.do({ action: 'traffic', perSecond: 0 });
  await prefer(page, { 'prefers-reduced-motion': 'reduce' });
  const pictures = `(async () => {
    const picture = () => [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join();
    const frames = (count) => new Promise((done) => {
      const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
      next();
    });
    await frames(100);
    const first = picture();
    await frames(20);
    return first === picture();
  })()`;
  // Whoever still comes for an order takes it away. One that was stored when its process was killed stays: nobody bakes it.
  await vi.waitFor(async () => expect(await page.evaluate(pictures)).toBe(true), { timeout: 60_000, interval: 200 });
  expect(await page.evaluate('document.getAnimations().length')).toBe(0);
}
