import { expect, test } from 'vitest';
import { testComparison, testRun } from '../comparison.fixture.ts';
import { nameOf } from './comparison-files.ts';

test.each([
  { comparison: testComparison(), name: 'compare' },
  { comparison: testComparison({ scenarios: [testRun('steady')] }), name: 'compare-steady' },
  {
    comparison: testComparison({ scenarios: [testRun('steady'), testRun('scale-in')] }),
    name: 'compare-steady-scale-in',
  },
])('the report is called $name', ({ comparison, name }) => {
  expect(nameOf(comparison)).toBe(name);
});
