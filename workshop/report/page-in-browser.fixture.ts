import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { scratchFolder } from '../../terminal/command.fixture.ts';
import { type DrivenPage, drivePage } from '../../test/chromium.ts';

/** For tests: what a browser makes of a page, at a width. */
export interface Look {
  readonly height: number;
  /** Pixels by which a reader would have to move the page to the side. */
  readonly hidden: number;
  readonly headings: number;
  /** Texts that are smaller than 12 px as they are drawn, each with its size. */
  readonly tooSmall: readonly string[];
}

export const phone = 360;
export const desktop = 1280;

/** Opens a page for the rest of a test. */
export async function openReport(html: string): Promise<DrivenPage> {
  const file = join(scratchFolder(), 'report.html');
  writeFileSync(file, html);
  const page = await drivePage(pathToFileURL(file).href);
  await expect.poll(() => page.evaluate<string>('document.readyState')).toBe('complete');
  return page;
}

export async function lookAt(page: DrivenPage, width: number): Promise<Look> {
  await page.send('Emulation.setDeviceMetricsOverride', { width, height: 800, deviceScaleFactor: 1, mobile: false });
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
  const tooSmall = await page.evaluate<string[]>(smallTexts);
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = false; })');
  const sizes = await page.evaluate<Omit<Look, 'tooSmall'>>(`({
    height: document.documentElement.scrollHeight,
    hidden: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll('h1').length,
  })`);
  return { ...sizes, tooSmall };
}

/** Sheets of A4 that a page takes when it is printed. */
export async function printedPages(page: DrivenPage): Promise<number> {
  const { data } = await page.send<{ data: string }>('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 });
  return (
    Buffer.from(data, 'base64')
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g)?.length ?? 0
  );
}

/** Drawings are scaled with all that is written in them. */
const smallTexts = `[...document.body.querySelectorAll('*')].flatMap((element) => {
  const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  if (!isText || element.tagName === 'title' || element.getBoundingClientRect().width === 0) {
    return [];
  }
  const drawing = element.closest('svg');
  const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
  const size = Number.parseFloat(getComputedStyle(element).fontSize) * scale;
  return size < 11.95 ? [size.toFixed(1) + ' px: ' + element.textContent.slice(0, 30)] : [];
})`;
