import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, vi } from 'vitest';
import type { DrivenPage } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** For what a page does by itself, on a machine that has much to do. */
export const patience = { timeout: 120_000, interval: 100 };

/** What a person reads in the first element that is meant; empty where there is none. */
export const textOf = (page: DrivenPage, selector: string): Promise<string> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);

/** Waits until a text is there. */
export async function waitForText(page: DrivenPage, selector: string, text: string | RegExp): Promise<void> {
  await vi.waitFor(async () => expect(await textOf(page, selector), selector).toMatch(text), patience);
}

/** Clicks an element as soon as it is there, and can be clicked. */
export async function click(page: DrivenPage, selector: string): Promise<void> {
  const found = `document.querySelector(${JSON.stringify(selector)})`;
  const canBe = `${found} !== null && !${found}.disabled`;
  await vi.waitFor(async () => expect(await page.evaluate(canBe), selector).toBe(true), patience);
  await page.evaluate(`${found}.click()`);
}

/** Presses a key of the keyboard. @param text that it types */
export async function press(page: DrivenPage, key: string, code: number, text?: string): Promise<void> {
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, windowsVirtualKeyCode: code, text });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: code });
}

/** Has a page believe that its reader wants this: a theme, no motion. */
export async function prefer(page: DrivenPage, features: Readonly<Record<string, string>>): Promise<void> {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  await page.send('Emulation.setEmulatedMedia', { features: list });
}

/** Goes to a page, and waits until it is there. */
export async function goTo(page: DrivenPage, url: string): Promise<void> {
  await page.evaluate('window.isOld = true').catch(() => undefined);
  await page.send('Page.navigate', { url });
  const isThere = 'window.isOld !== true && document.readyState === "complete"';
  await vi.waitFor(async () => expect(await page.evaluate(isThere)).toBe(true), patience);
}

/** What axe finds that keeps somebody out. */
export async function seriousIn(page: DrivenPage): Promise<unknown[]> {
  await page.evaluate(`void (window.axe ?? (() => { ${axe} })())`);
  const found = await page.evaluate<{ id: string; impact: string }[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html) })))',
  );
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
