import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../terminal/command.fixture.ts';

test('the CDK source comes first, then the code', async () => {
  const { code, stdout } = await runCommandLine('diff', ['6', '--cdk', '--code']);
  expect(stdout.match(/^== .* ==$|^\+\+\+ \S*(?:stack|ordering)\.ts$/gm)).toEqual([
    '== The CDK source ==',
    '+++ workshop/06-processes/stack.ts',
    '== The code ==',
    '+++ workshop/06-processes/ordering.ts',
  ]);
  expect(code).toBe(0);
});

test('whoever reads only the beginning sees no error', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'diff.ts'), '6', '--cdk', '--code'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdout.destroy();
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ errors, code }).toEqual({ errors: '', code: 0 });
});

test('without a factor there is nothing to show', async () => {
  const { code, stderr } = await runCommandLine('diff', []);
  expect(stderr).toMatch(/^error Name a factor, 1 to 12/);
  expect(code).toBe(2);
});
