import { expect, test } from 'vitest';
import { describeInBrowser } from '../../../test/chromium.ts';
import { prefer, seriousIn } from '../../../test/in-page.ts';
import { desktop, lookAt, openReport, phone, printedPages } from '../../report/page-in-browser.fixture.ts';
import { bad, testProof } from '../proof.fixture.ts';
import { reportPage } from './proof-page.ts';

describeInBrowser(() => {
  test.each([
    { what: 'one that is proved', proofs: [testProof()] },
    { what: 'one that is not', proofs: [testProof({ after: bad })] },
    { what: 'several', proofs: [testProof(), testProof({ after: {} })] },
  ])('a report of $what can be read on a desk and on a phone', async ({ proofs }) => {
    const page = await openReport(reportPage(proofs));
    for (const width of [desktop, phone]) {
      const look = await lookAt(page, width);
      expect(look, `${width} px`).toMatchObject({ headings: 1, hidden: 0, tooSmall: [] });
    }
    expect(page.errors).toEqual([]);
  });

  test('axe finds nothing serious in a report, light or dark', async () => {
    const page = await openReport(reportPage([testProof(), testProof({ after: bad })]));
    for (const theme of ['light', 'dark']) {
      await prefer(page, { 'prefers-color-scheme': theme });
      expect(await seriousIn(page), theme).toEqual([]);
    }
  });

  test('a report is printed on two sheets at most', async () => {
    const proof = testProof({ after: bad });
    // As many gates and others as the largest experiment has.
    const rows = [...proof.rows, ...proof.rows, ...proof.rows.slice(0, 4)];
    expect(await printedPages(await openReport(reportPage([{ ...proof, rows }])))).toBeLessThanOrEqual(2);
  });
});
