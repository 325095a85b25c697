import { expect, test } from 'vitest';
import { readStagesContext } from './stages-context.ts';

const read = (context: Record<string, unknown>) => readStagesContext((name) => context[name]);

test.each([
  { context: {}, props: {} },
  { context: { deploys: '', stages: '' }, props: {} },
  { context: { deploys: 'dev,prod' }, props: { deploys: ['Dev', 'Prod'] } },
  { context: { deploys: 'Prod' }, props: { deploys: ['Prod'] } },
  { context: { stages: 'Factor05, Factor06' }, props: { only: ['Factor05', 'Factor06'] } },
])('$context', ({ context, props }) => {
  expect(read(context)).toEqual(props);
});

test('a deploy that there is not is refused by its name', () => {
  expect(() => read({ deploys: 'dev,staging' })).toThrow('"staging"');
});
