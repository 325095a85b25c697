import { expect, test } from 'vitest';
import { lineageName, longestChain, traceOf } from './trace.ts';

const [bake, clean] = ['bake', 'clean'].map((name) =>
  lineageName(`arn:aws:lambda:eu-west-1:123456789012:function:${name}`),
);

test('an event that nothing brought begins a chain', () => {
  expect(traceOf(`${bake}`, undefined, false)).toMatch(
    new RegExp(`^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=${bake}:0$`),
  );
});

test('a chain goes on with its root, and counts each of its functions', () => {
  const first = traceOf(`${bake}`, undefined, false);
  const second = traceOf(`${clean}`, first, false);
  const third = traceOf(`${bake}`, second, false);
  expect(third?.split(';')[0]).toBe(first?.split(';')[0]);
  expect(third).toMatch(new RegExp(`;Lineage=${bake}:1\\|${clean}:0$`));
});

test.each([false, true])('the seventeenth invocation of a chain is there only if loops are allowed: %j', (mayLoop) => {
  let header: string | undefined;
  for (let n = 0; n < 16; n++) {
    header = traceOf(`${bake}`, header, mayLoop);
    expect(header).toBeDefined();
  }
  expect(traceOf(`${bake}`, header, mayLoop) !== undefined).toBe(mayLoop);
  expect(traceOf(`${clean}`, header, false)).toBeDefined();
});

test.each(['', 'Root=x;Lineage=|::|zz:1', `Root=${'1'.repeat(5000)}`, 'Self=1-2;Root=1-00000000-0'])(
  'what is no header begins a chain: %j',
  (header) => {
    expect(traceOf(`${bake}`, header, false)).toMatch(new RegExp(`^Root=1-[0-9a-f]{8}-.*Lineage=${bake}:0$`));
  },
);

test('of a batch the longest chain counts', () => {
  const once = traceOf(`${bake}`, undefined, false);
  const twice = traceOf(`${bake}`, once, false);
  expect(longestChain([undefined, once, twice, 'x'])).toBe(twice);
  expect(longestChain([undefined])).toBeUndefined();
});
