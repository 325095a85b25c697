import { expect, test } from 'vitest';
import { declarationOf, SnippetMissing } from './declaration.ts';

const source = `import { x } from './x.ts';

/** How many. */
export const limit = 3;

/** A list that is long. */
const list: readonly string[] = [
  'a',
  // a comment between
  'b',
];

/** What it is. */
export interface Order {
  /** Who. */
  readonly id: string;

  readonly items: readonly string[];
}

export type State =
  | 'RECEIVED'
  | 'BAKED';

/** Bakes. */
export async function bake<T extends Order>(
  orders: readonly T[],
): Promise<void> {
  for (const order of orders) {

    await order;
  }
}

export abstract class Oven {
  #heat = 0;
}
/** Right below. */
const limited = (n: number) => Math.min(n, limit);
function* all() {}
`;

test.each([
  { name: 'limit', text: 'export const limit = 3;' },
  { name: 'list', text: "const list: readonly string[] = [\n  'a',\n  // a comment between\n  'b',\n];" },
  {
    name: 'Order',
    text: 'export interface Order {\n  /** Who. */\n  readonly id: string;\n\n  readonly items: readonly string[];\n}',
  },
  { name: 'State', text: "export type State =\n  | 'RECEIVED'\n  | 'BAKED';" },
  { name: 'bake', text: expect.stringMatching(/^export async function bake<T[\s\S]*await order;\n {2}\}\n\}$/) },
  { name: 'Oven', text: 'export abstract class Oven {\n  #heat = 0;\n}' },
  { name: 'limited', text: 'const limited = (n: number) => Math.min(n, limit);' },
  { name: 'all', text: 'function* all() {}' },
])('cuts $name', async ({ name, text }) => {
  expect(await declarationOf(name, source)).toEqual(text);
});

test.each(['orders', 'lim', 'x', 'limitedToo'])('%s is not declared at the top level', async (name) => {
  await expect(declarationOf(name, source)).rejects.toThrow(SnippetMissing);
  await expect(declarationOf(name, source)).rejects.toThrow(`declares no ${name} at its top level`);
});

test('what cannot be cut out is refused, not cut in the middle', async () => {
  const odd = 'const text = `\nfirst line\n`;\n';
  await expect(declarationOf('text', odd)).rejects.toThrow('does not parse');
});
