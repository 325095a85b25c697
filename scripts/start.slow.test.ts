import { once } from 'node:events';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { localAccessKeys } from '../client/endpoint/aws-environment.ts';
import { startCommand } from '../terminal/command.fixture.ts';

test('an endpoint that is gone before the orders are baked is told in one line', async () => {
  const emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  onTestFinished(() => emulator.close());
  const { child, ended } = startCommand('start', ['--once', '--orders', '500'], { AWS_ENDPOINT_URL: emulator.url });
  let said = '';
  while (!said.includes('Placing 500 orders')) {
    said += String((await once(child.stdout, 'data'))[0]);
  }
  await emulator.close();
  const { code, stderr } = await ended;
  const own = stderr.split('\n').filter((line) => line.startsWith('error '));
  expect(own).toEqual([
    `error ${emulator.url} does not answer any more, so this command could not finish. Start the endpoint again.`,
  ]);
  expect(stderr.trimEnd().endsWith(own[0] ?? '')).toBe(true);
  expect(code).toBe(1);
});

test('a start tells the address of the floor first, then a line for the stack and one for each order, without identifiers', async () => {
  const emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  onTestFinished(() => emulator.close());
  const { child, ended } = startCommand('start', ['--orders', '2'], { AWS_ENDPOINT_URL: emulator.url });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const address = /^> See the factory floor live: (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(String(first))?.[1] ?? '';
  const page = await fetch(address);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<title>The factory floor</title>');
  const { code, stdout, stderr } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toBe('');
  const completed = stdout.split('\n').filter((line) => line.startsWith('[COMPLETED]'));
  expect(completed.sort()).toEqual([
    expect.stringMatching(/ #1 .+, \d+ cookies: BAKED after \d+ ms$/),
    expect.stringMatching(/ #2 Ada, 8 cookies: BAKED after \d+ ms$/),
    expect.stringMatching(/ Factor12-Prod: deployed in \d+\.\d s$/),
  ]);
  expect(stdout).toContain('From start to the first order BAKED');
  expect(stdout).not.toMatch(/arn:|[0-9a-f]{8}-[0-9a-f]{4}/);
});
