import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { describeInBrowser, drivePage } from '../../test/chromium.ts';
import { click, goTo, patience, prefer, press, seriousIn, textOf, waitForText } from '../../test/in-page.ts';
import { createWorkingCopy, type WorkingCopy } from '../experiment/working-copy.ts';
import { type FloorServer, openFloor } from '../floor/server/floor-server.ts';
import { lookAt, phone } from '../report/page-in-browser.fixture.ts';
import { snapshots } from '../snapshots.ts';

const nobody = 'http://127.0.0.1:1';

/** The pages of a copy of the repository, so that nothing of this one is changed. Each test has lessons of its own. */
let copy: WorkingCopy;
let server: FloorServer;

beforeAll(async () => {
  copy = await createWorkingCopy(join(import.meta.dirname, '..', '..'), { exercises: true });
  const options = { endpoint: nobody, snapshots: [12], traffic: 0, port: 0 };
  server = await openFloor({ ...options, repository: copy.repository });
});

afterAll(async () => {
  await server?.close();
  await copy?.close();
});

const tokenOf = async (): Promise<string> =>
  /name="floor-token" content="([^"]+)"/.exec(await (await fetchFrom(`${server.url}lessons/3`)).text())?.[1] ?? '';

const progressOf = (slug: string) =>
  JSON.parse(readFileSync(join(copy.repository, 'my-factory', 'progress.json'), 'utf8'))[slug];

test('every lesson has its page, and what changes something needs the token', async () => {
  const { url } = server;
  for (const { number, factor } of snapshots.slice(1)) {
    const answer = await fetchFrom(`${url}lessons/${number}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await answer.text();
    expect(html).toContain(factor);
    for (const panel of ['prove', 'diff', 'mine', 'quiz']) {
      expect(html.split(`data-panel="${panel}"`), panel).toHaveLength(2);
    }
    expect((await fetchFrom(`${url}lessons/${number}/state`)).status).toBe(200);
  }
  const ask = (headers: Record<string, string>, body: string) =>
    fetchFrom(`${url}lessons/6/do`, { method: 'POST', headers, body });
  const begin = JSON.stringify({ action: 'try' });
  expect((await ask({}, begin)).status).toBe(403);
  const token = { 'x-floor-token': await tokenOf() };
  expect((await ask({ ...token, origin: 'http://evil.example' }, begin)).status).toBe(403);
  const mine = join(copy.repository, 'my-factory', '06-processes', 'stack.ts');
  expect(existsSync(mine)).toBe(false);
  expect((await ask(token, '{"action":"explode"}')).status).toBe(400);
  expect((await ask(token, `"${'x'.repeat(2_000)}"`)).status).toBe(413);
  expect((await ask(token, begin)).status).toBe(200);
  expect(existsSync(mine)).toBe(true);
  expect((await ask(token, begin)).status).toBe(409);
});

test('a lesson is slides for a room: its story, its scene, its proof, what changed, what people get wrong', async () => {
  for (const { number } of snapshots.slice(1)) {
    const html = await (await fetchFrom(`${server.url}lessons/${number}?present`)).text();
    expect(html.match(/class="slide"/g), `${number}`).toHaveLength(6);
    for (const part of ['The story', 'data-panel="scene"', 'data-panel="prove"', 'data-panel="diff"']) {
      expect(html, `${number}`).toContain(part);
    }
    expect(html).toContain('What people get wrong');
    expect(html).toMatch(/data-minutes="\d+"/);
  }
});

test('one proof runs at a time, and what is stopped is gone', { timeout: 120_000 }, async () => {
  const headers = { 'x-floor-token': await tokenOf() };
  const ask = async (factor: number, body: object) => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetchFrom(`${server.url}lessons/${factor}/do`, request);
    return { status: answer.status, text: await answer.text() };
  };
  expect((await ask(4, { action: 'prove', whose: 'given' })).status).toBe(200);
  const second = await ask(6, { action: 'prove', whose: 'given' });
  expect(second.status).toBe(409);
  expect(second.text).toContain('Factor 4 is being proved. One proof runs at a time');
  expect((await ask(4, { action: 'stop' })).status).toBe(200);
  // It is ended when it has cleaned up, and then another one may begin.
  await vi.waitFor(async () => expect((await ask(6, { action: 'prove', whose: 'given' })).status).toBe(200), patience);
  await ask(6, { action: 'stop' });
  const { run } = (await (await fetchFrom(`${server.url}lessons/6/state`)).json()) as { run?: unknown };
  expect(run).toBeUndefined();
});

test.each(['/lessons/13', '/lessons/x', '/lessons/6/diff/other', '/reports/../package.json', '/reports/proof-99.html'])(
  'there is no %s',
  async (path) => {
    expect((await fetchFrom(new URL(path, server.url).href)).status).toBe(404);
  },
);

describeInBrowser(() => {
  test('axe finds nothing serious on any page, light or dark', { timeout: 240_000 }, async () => {
    const page = await drivePage(`${server.url}lessons`, ['--window-size=1280,900']);
    const paths = ['lessons', ...snapshots.map(({ number }) => `lessons/${number}`), 'lessons/6?present'];
    for (const [at, path] of paths.entries()) {
      await prefer(page, { 'prefers-color-scheme': at % 2 === 0 ? 'light' : 'dark' });
      await goTo(page, `${server.url}${path}`);
      if (/lessons\/[1-9]/.test(path)) {
        await click(page, '[data-panel="diff"] button');
        await waitForText(page, '.diff', /\S/);
      }
      expect(await seriousIn(page), path).toEqual([]);
    }
    expect(page.errors).toEqual([]);
  });

  test('on a phone nothing is too small, and nothing is beside the page', { timeout: 240_000 }, async () => {
    const page = await drivePage(`${server.url}lessons`);
    for (const path of ['lessons', ...snapshots.map(({ number }) => `lessons/${number}`)]) {
      await goTo(page, `${server.url}${path}`);
      expect(await lookAt(page, phone), path).toMatchObject({ headings: 1, hidden: 0, tooSmall: [] });
    }
  });

  test('slides go on and back by the keyboard, and the page remembers which', async () => {
    const page = await drivePage(`${server.url}lessons/6?present`);
    const shown = () =>
      page.evaluate<number[]>(
        `[...document.querySelectorAll('.slide')].flatMap((one, at) => one.hidden ? [] : [at + 1])`,
      );
    const isAt = (slide: number) => vi.waitFor(async () => expect(await shown()).toEqual([slide]), patience);
    await isAt(1);
    await press(page, 'ArrowRight', 39);
    await isAt(2);
    await waitForText(page, '[data-panel="scene"] h2', 'Processes');
    await press(page, 'End', 35);
    await isAt(6);
    await press(page, 'ArrowRight', 39);
    await press(page, 'ArrowLeft', 37);
    await isAt(5);
    expect(await page.evaluate('location.hash')).toBe('#5');
    expect(await textOf(page, '.slide:not([hidden])')).toContain('What people get wrong');
    expect(await textOf(page, '.clock')).toMatch(/^0 of \d+ min$/);
    expect(page.errors).toEqual([]);
  });

  test('an exercise from its page: begin, check, hints, solution, proof, quiz, reset', {
    timeout: 480_000,
  }, async () => {
    const page = await drivePage(`${server.url}lessons/3`, ['--window-size=1280,900']);
    const status = '[data-panel="mine"] [role="status"]';
    await click(page, '[data-do="try"]');
    await waitForText(page, status, 'my-factory/03-config holds snapshot 2');
    await click(page, '[data-do="check"]');
    await waitForText(page, status, /to put right before it can be proved/);
    const link = await page.evaluate<string>(`document.querySelector('.lines a').href`);
    expect(link).toMatch(/^vscode:\/\/file\/.*\/my-factory\/03-config\/\S+\.ts:\d+$/);

    // Hints come one by one.
    const hints = () => page.evaluate<number>(`document.querySelectorAll('.hints li').length`);
    for (const count of [1, 2]) {
      await click(page, '[data-do="hint"]');
      await vi.waitFor(async () => expect(await hints()).toBe(count), patience);
    }

    await click(page, '[data-do="solution"]');
    await waitForText(page, '.solution .diff', /→ the solution/);
    await click(page, '[data-do="apply"]');
    await waitForText(page, status, 'holds the solution. What was there is kept in');
    await click(page, '[data-do="check"]');
    await waitForText(page, status, 'nothing is left to do. Prove it.');

    await click(page, '[data-panel="mine"] [data-do="prove"]');
    await waitForText(page, '.steps', /\S/);
    // Who leaves the page meanwhile finds the proof again, and can do all else.
    await goTo(page, `${server.url}lessons`);
    await waitForText(page, '#run', 'Proving factor 3');
    await goTo(page, `${server.url}lessons/3`);
    await click(page, '[data-do="hint"]');
    await vi.waitFor(async () => expect(await hints()).toBe(3), patience);
    await takeQuiz();
    await vi.waitFor(
      async () => expect(await textOf(page, '[data-panel="mine"] .verdict')).toMatch(/PROVED|TOO BUSY/),
      { timeout: 300_000, interval: 200 },
    );
    expect(await textOf(page, '[data-panel="mine"] .proof')).toContain('must be');
    const report = await page.evaluate<string>(`document.querySelector('[data-panel="mine"] .proof a').href`);

    // Prove at each save, and stop.
    await click(page, '[data-do="watch"]');
    await click(page, '[data-panel="mine"] [data-do="stop"]');
    await click(page, '[data-do="reset"]');
    await waitForText(page, 'dialog', 'Reset factor 3?');
    await press(page, 'Escape', 27);
    await vi.waitFor(
      async () => expect(await page.evaluate(`document.querySelector('dialog').open`)).toBe(false),
      patience,
    );
    expect(existsSync(join(copy.repository, 'my-factory', '03-config'))).toBe(true);
    expect(progressOf('03-config')).toMatchObject({ hints: 3, quiz: expect.any(Number) });

    // What is shown of a proof is a page, too.
    await goTo(page, report);
    for (const theme of ['light', 'dark']) {
      await prefer(page, { 'prefers-color-scheme': theme });
      expect(await seriousIn(page), theme).toEqual([]);
    }

    // Whoever serves on this machine keeps its stacks.
    vi.stubEnv('AWS_ENDPOINT_URL', nobody);
    onTestFinished(() => void vi.unstubAllEnvs());
    await goTo(page, `${server.url}lessons/3`);
    await click(page, '[data-do="reset"]');
    await click(page, '[data-do="reset-yes"]');
    await waitForText(page, status, /my-factory\/03-config is kept in \S+/);
    await waitForText(page, '[data-panel="mine"]', 'Begin');
    expect(existsSync(join(copy.repository, 'my-factory', '03-config'))).toBe(false);
    expect(progressOf('03-config')).toBeUndefined();
    expect(page.errors).toEqual([]);

    async function takeQuiz(): Promise<void> {
      const questions = () => page.evaluate<number>(`document.querySelectorAll('.quiz > li').length`);
      await vi.waitFor(async () => expect(await questions()).toBe(1), patience);
      for (let asked = 1; asked <= 3; asked += 1) {
        await click(page, `.quiz > li:nth-child(${asked}) [data-answer="0"]`);
        await waitForText(page, `.quiz > li:nth-child(${asked}) .reason`, /^(Right|No)\./);
      }
      await waitForText(page, '[data-panel="quiz"] > [role="status"]', /^\d of 3 right\.$/);
    }
  });

  test('everything on a lesson is in reach of the keyboard, in the order in which it is read', async () => {
    const page = await drivePage(`${server.url}lessons/9`, ['--window-size=1280,900']);
    await waitForText(page, '[data-panel="mine"]', 'Begin');
    await waitForText(page, '[data-panel="quiz"]', /\?/);
    // What is in a dialog is in reach while that is open.
    const reachable = `[...document.querySelectorAll('a[href], button:not(:disabled), [tabindex="0"], summary')].filter((one) => !one.closest('dialog'))`;
    const all = await page.evaluate<number>(`${reachable}.length`);
    const reached: number[] = [];
    for (let step = 0; step < all; step += 1) {
      await press(page, 'Tab', 9);
      reached.push(await page.evaluate(`${reachable}.indexOf(document.activeElement)`));
    }
    expect(reached).toEqual(Array.from({ length: all }, (_, at) => at));
  });
});
