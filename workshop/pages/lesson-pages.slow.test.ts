import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { type DrivenPage, describeInBrowser, drivePage } from '../../test/chromium.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import { openFloor } from '../floor/server/floor-server.ts';
import { snapshots } from '../snapshots.ts';

const nobody = 'http://127.0.0.1:1';
const patience = { timeout: 30_000, interval: 100 };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const quiz = `import { quiz as define } from '../guide/quiz.ts';
export const quiz = define([
  { ask: 'Where is the oven\\'s time?', answers: [
    { text: 'In \`settings.ts\`', because: 'That is a build.' },
    { text: 'In a parameter', because: 'It is read while it runs.', isRight: true },
  ] },
]);
`;

/** The pages of a copy of the repository, so that nothing of this one is changed. */
async function open(): Promise<{ readonly url: string; readonly repository: string }> {
  const copy = await createWorkingCopy(join(import.meta.dirname, '..', '..'), { exercises: true });
  onTestFinished(() => copy.close());
  const options = { endpoint: nobody, snapshots: [12], traffic: 0, port: 0 };
  const server = await openFloor({ ...options, repository: copy.repository });
  onTestFinished(() => server.close());
  return { url: server.url, repository: copy.repository };
}

const tokenOf = async (url: string): Promise<string> =>
  /name="floor-token" content="([^"]+)"/.exec(await (await fetchFrom(`${url}lessons/3`)).text())?.[1] ?? '';

test('every lesson has its page, and what changes something needs the token', async () => {
  const { url, repository } = await open();
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
  const token = { 'x-floor-token': await tokenOf(url) };
  expect((await ask({ ...token, origin: 'http://evil.example' }, begin)).status).toBe(403);
  expect(existsSync(join(repository, 'my-factory'))).toBe(false);
  expect((await ask(token, '{"action":"explode"}')).status).toBe(400);
  expect((await ask(token, `"${'x'.repeat(2_000)}"`)).status).toBe(413);
  expect((await ask(token, begin)).status).toBe(200);
  expect(existsSync(join(repository, 'my-factory', '06-processes', 'stack.ts'))).toBe(true);
  const checked = (await (await ask(token, '{"action":"check"}')).json()) as { lines: { place: { href: string } }[] };
  expect(checked.lines[0]?.place.href).toMatch(/^vscode:\/\/file\/.*\/my-factory\/06-processes\/\S+\.ts:\d+$/);
  expect((await ask(token, begin)).status).toBe(409);
});

test('one proof runs at a time, and what is stopped is gone', { timeout: 120_000 }, async () => {
  const { url } = await open();
  const headers = { 'x-floor-token': await tokenOf(url) };
  const ask = async (factor: number, body: object) => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetchFrom(`${url}lessons/${factor}/do`, request);
    return { status: answer.status, text: await answer.text() };
  };
  expect((await ask(3, { action: 'prove', whose: 'given' })).status).toBe(200);
  const second = await ask(6, { action: 'prove', whose: 'given' });
  expect(second.status).toBe(409);
  expect(second.text).toContain('Factor 3 is being proved. One proof runs at a time');
  expect((await ask(3, { action: 'stop' })).status).toBe(200);
  // It is ended when it has cleaned up, and then another one may begin.
  await vi.waitFor(async () => expect((await ask(6, { action: 'prove', whose: 'given' })).status).toBe(200), patience);
});

test.each(['/lessons/13', '/lessons/x', '/lessons/6/diff/other', '/reports/../package.json', '/reports/proof-99.html'])(
  'there is no %s',
  async (path) => {
    const { url } = await open();
    expect((await fetchFrom(new URL(path, url).href)).status).toBe(404);
  },
);

const textOf = (page: DrivenPage, selector: string): Promise<string> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);

const click = async (page: DrivenPage, selector: string) => {
  const found = `document.querySelector(${JSON.stringify(selector)})`;
  await vi.waitFor(async () => expect(await page.evaluate(`${found} !== null`), selector).toBe(true), patience);
  await page.evaluate(`${found}.click()`);
};

async function seriousIn(page: DrivenPage): Promise<unknown> {
  await page.evaluate(axe);
  const found = await page.evaluate<{ id: string; impact: string }[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html) })))',
  );
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

describeInBrowser(() => {
  test('a lesson is proved from its page, with a hint and a quiz', { timeout: 180_000 }, async () => {
    const { url, repository } = await open();
    writeFileSync(join(repository, 'workshop', '03-config', 'quiz.ts'), quiz);
    const page = await drivePage(`${url}lessons/3`, ['--window-size=1280,900']);
    await click(page, '[data-do="prove"]');
    await vi.waitFor(async () => expect(await textOf(page, '.steps')).toContain('deploying'), patience);

    // Who leaves the page meanwhile finds the proof again.
    await page.send('Page.navigate', { url: `${url}lessons` });
    await vi.waitFor(async () => expect(await textOf(page, '#run')).toBe('Proving factor 3'), patience);
    expect(await seriousIn(page)).toEqual([]);
    await click(page, '#run a');

    await click(page, '[data-do="hint"]');
    await vi.waitFor(async () => expect(await textOf(page, '.hints li')).not.toBe(''), patience);
    await click(page, '[data-answer="0"]');
    await vi.waitFor(async () => expect(await textOf(page, '.reason')).toContain('No. That is a build.'), patience);
    expect(await textOf(page, '.reason')).toContain('It is: In a parameter It is read while it runs.');
    await click(page, '[data-panel="diff"] button');
    await vi.waitFor(async () => expect(await textOf(page, '.diff')).toContain('stack.ts'), patience);

    await vi.waitFor(async () => expect(await textOf(page, '.proof .verdict')).toMatch(/PROVED|TOO BUSY/), {
      timeout: 120_000,
      interval: 200,
    });
    expect(await textOf(page, '.proof')).toContain('must be');
    expect(await seriousIn(page)).toEqual([]);
    expect(page.errors).toEqual([]);
    const progress = JSON.parse(readFileSync(join(repository, 'my-factory', 'progress.json'), 'utf8'));
    expect(progress['03-config']).toMatchObject({ hints: 1, quiz: 0 });
  });
});
