import { expect, test } from 'vitest';
import { describeInBrowser } from '../../../../test/chromium.ts';
import { prefer, seriousIn } from '../../../../test/in-page.ts';
import { desktop, lookAt, openReport, phone, settles } from '../../../report/page-in-browser.fixture.ts';
import { testComparison } from '../../comparison.fixture.ts';
import { comparisonPage } from './comparison-page.ts';

describeInBrowser(() => {
  test('a comparison of all scenarios can be read on a desk and on a phone', async () => {
    const page = await openReport(comparisonPage(testComparison()));
    const [onDesk, onPhone] = [await lookAt(page, desktop), await lookAt(page, phone)];
    expect(onDesk).toMatchObject({ headings: 1, hidden: 0, tooSmall: [] });
    expect(onDesk.height).toBeLessThanOrEqual(6_000);
    expect(onPhone).toMatchObject({ headings: 1, hidden: 0, tooSmall: [] });
    expect(page.errors).toEqual([]);
  });

  test('axe finds nothing serious in a comparison, light or dark', async () => {
    const page = await openReport(comparisonPage(testComparison()));
    for (const theme of ['light', 'dark']) {
      await prefer(page, { 'prefers-color-scheme': theme });
      expect(await seriousIn(page), theme).toEqual([]);
    }
  });

  test('a cell leads to its plot, also where that is folded away', async () => {
    const page = await openReport(comparisonPage(testComparison()));
    await page.evaluate(`document.querySelector('.matrix a[href="#kill-memory"]').click()`);
    const isOpen = () => page.evaluate<boolean>(`document.querySelector('#kill-memory').closest('details').open`);
    await expect.poll(isOpen, settles).toBe(true);
  });
});
