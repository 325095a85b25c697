import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Emulator, startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test, vi } from 'vitest';
import { localAccessKeys } from '../../client/endpoint/aws-environment.ts';
import { type DrivenPage, describeInBrowser, drivePage } from '../../test/chromium.ts';
import { type FloorServer, openFloor } from './server/floor-server.ts';

const patience = { timeout: 60_000, interval: 100 };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function startEndpoint(port = 0): Promise<Emulator> {
  const emulator = await startEmulator({ port, accessKeys: localAccessKeys });
  onTestFinished(() => emulator.close());
  return emulator;
}

interface Opened {
  readonly server: FloorServer;
  readonly endpoint: Emulator;
  readonly page: DrivenPage;
}

/** A floor with factories that are deployed, and a page that looks at it. */
async function openWith(snapshots: readonly number[], traffic: number): Promise<Opened> {
  const endpoint = await startEndpoint();
  const server = await openFloor({ endpoint: endpoint.url, snapshots, traffic, port: 0 });
  onTestFinished(() => server.close());
  await server.floor.deploy();
  const page = await drivePage(server.url, ['--window-size=1440,900']);
  await vi.waitFor(async () => expect(await textOf(page, '.lanes')).toContain('Version 1 runs'), patience);
  return { server, endpoint, page };
}

const textOf = (page: DrivenPage, selector: string): Promise<string> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);

const figureOf = (page: DrivenPage, lane: number, name: string): Promise<number> =>
  page.evaluate(
    `parseFloat([...document.querySelectorAll('.lane')][${lane}].querySelector('[data-figure="${name}"] dd').innerText)`,
  );

const press = async (page: DrivenPage, key: string, code: number, text?: string) => {
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, windowsVirtualKeyCode: code, text });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: code });
};

const motion = (page: DrivenPage, value: 'reduce' | 'no-preference') =>
  page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });

describeInBrowser(() => {
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
    await vi.waitFor(async () => expect(await textOf(page, '.lanes')).toMatch(/\d+ in the table/), patience);

    await page.evaluate(`document.querySelector('.environment.baker').click()`);
    await vi.waitFor(async () => expect(await textOf(page, '.done')).toBe('Killed a baker'), patience);
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

    await page.evaluate(axe);
    const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => ({ html })) })))',
    );
    expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
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
    const red = `[...document.querySelectorAll('.lane')].map((lane) => lane.classList.contains('has-lost'))`;
    expect(await page.evaluate(red)).toEqual([true, false]);
    // The same customers came to both.
    const [one = 0, other = 0] = server.floor.whole().lanes.map(({ summary }) => summary?.figures.arrived ?? 0);
    expect(one).toBe(other);

    await reachEverythingByKeyboard(page);
    await standStill(page, server);
    expect(page.errors).toEqual([]);
  });

  test('an endpoint that dies is told, and the page comes back by itself', { timeout: 240_000 }, async () => {
    const endpoint = await startEndpoint();
    const server = await openFloor({ endpoint: endpoint.url, snapshots: [12], traffic: 2, port: 0 });
    onTestFinished(() => server.close());
    const page = await drivePage(server.url);
    await vi.waitFor(async () => expect(await textOf(page, '#connection')).toContain('Live from'), patience);
    expect(await textOf(page, '.lanes')).toContain('being built');
    await endpoint.close();
    await vi.waitFor(async () => expect(await textOf(page, '#connection')).toContain('does not answer'), patience);
    expect(await page.evaluate(`document.querySelector('#connection').getAttribute('role')`)).toBe('status');
    await startEndpoint(Number(new URL(endpoint.url).port));
    await vi.waitFor(async () => expect(await textOf(page, '#connection')).toContain('Live from'), patience);
    await server.close();
    await vi.waitFor(
      async () => expect(await textOf(page, '#connection')).toContain('The floor does not answer'),
      patience,
    );
  });
});

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
  await motion(page, 'reduce');
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
