import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { startLambda } from '../lambda.fixture.ts';

/** Answers where Node keeps compiled code, and what the function sees of that. */
const handler =
  "handler = async () => [process.getBuiltinModule('module').getCompileCacheDir(), process.env._LAMBDA_COMPILE_CACHE]";
const sources = [
  { kind: 'an ES module', code: `export const ${handler};` },
  { kind: 'CommonJS', code: { 'index.js': `exports.${handler};` } },
] as const;

test.each(sources)('code that was compiled in one environment is kept for the next: $kind', async ({ code }) => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', code);
  const { result } = await invoke('f');
  const [environment] = environments('f');
  const compiled = environment?.version.code.compiled ?? '';
  expect(result).toEqual([expect.stringContaining(compiled), null]);
  const kept = readdirSync(compiled, { recursive: true });
  expect(kept.length).toBeGreaterThan(1);

  environment?.kill();
  await environment?.exited;
  expect((await invoke('f')).result).toEqual(result);
  expect(readdirSync(compiled, { recursive: true })).toEqual(kept);
});

test('a function runs although nothing can be kept', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', sources[0].code);
  await invoke('f');
  const [environment] = environments('f');
  const compiled = environment?.version.code.compiled ?? '';
  environment?.kill();
  await environment?.exited;
  rmSync(compiled, { recursive: true });
  writeFileSync(compiled, 'no directory');
  expect((await invoke('f')).FunctionError).toBeUndefined();
});

test('what was kept goes with the code', async () => {
  const { deploy, invoke, environments, operations } = startLambda();
  await deploy('f', sources[0].code);
  await invoke('f');
  const compiled = environments('f')[0]?.version.code.compiled ?? '';
  expect(existsSync(compiled)).toBe(true);
  await operations.DeleteFunction({ FunctionName: 'f' });
  await vi.waitFor(() => expect(existsSync(compiled)).toBe(false));
});
