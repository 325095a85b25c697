import { expect, test } from 'vitest';
import { deployedFunction, shortName } from './deployed-names.ts';

const outputs = { OrderingFunction: 'Factor09-Prod-OrderingFunction8AB5-1', BakingFunction: 'Factor09-Prod-Baking-2' };

test.each([
  { name: 'ordering', deployed: 'Factor09-Prod-OrderingFunction8AB5-1' },
  { name: 'Factor09-Prod-Baking-2', deployed: 'Factor09-Prod-Baking-2' },
])('$name is called $deployed', ({ name, deployed }) => {
  expect(deployedFunction(name, outputs)).toBe(deployed);
});

test.each(['cleanup', 'oven', '', 'toString'])('there is no function "%s"', (name) => {
  expect(() => deployedFunction(name, outputs)).toThrow(
    `There is no function "${name}" in this stack. The functions are: ordering, baking.`,
  );
});

test('what is not of the factory keeps its name', () => {
  expect(shortName('Factor09-Prod-Baking-2', outputs)).toBe('baking');
  expect(shortName('my-function', outputs)).toBe('my-function');
});
