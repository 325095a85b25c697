import { expect, test } from 'vitest';
import { hintsIn } from './lesson.ts';

test.each([
  { what: 'a numbered list', markdown: '## Hints\n\n1. First.\n2. Second.\n', hints: ['First.', 'Second.'] },
  { what: 'a list', markdown: '## Hints\n- First.\n* Second.', hints: ['First.', 'Second.'] },
  {
    what: 'items of several lines',
    markdown: '## Hints\n\n1. First\n   goes on.\n\n   And on.\n2. Second.\n\n> Not a hint.\n',
    hints: ['First goes on. And on.', 'Second.'],
  },
  { what: 'other lists around', markdown: '- no\n\n## Hints\n- Yes.\n\n## Next\n- no\n', hints: ['Yes.'] },
  { what: 'no such heading', markdown: '# Hints\n- no\n### Hints\n- no\n', hints: [] },
])('finds the hints in $what', ({ markdown, hints }) => {
  expect(hintsIn(markdown)).toEqual(hints);
});
