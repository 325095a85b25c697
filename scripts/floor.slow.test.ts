import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ownEndpoint, runCommandLine } from '../terminal/command.fixture.ts';

test.each([
  { args: ['13'], says: /13.*12/ },
  { args: ['5', 'six'], says: /six/ },
  { args: ['servers'], says: /Servers are shown beside snapshot 12.*npm run floor -- servers 12/ },
  { args: ['5', '--traffic', '51'], says: /51.*50/ },
  { args: ['5', '6', '7'], says: /too many arguments/ },
])('floor $args is told in a line what is wrong', async ({ args, says }) => {
  const { code, stderr } = await runCommandLine('floor', args, ownEndpoint);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

test('a second floor on the same port is told so, before anything is deployed', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const { code, stderr, stdout } = await runCommandLine('floor', ['12', '--port', String(port)], ownEndpoint);
  expect(stderr).toContain(`Port ${port} is in use, perhaps by another floor.`);
  expect(stdout).toBe('');
  expect(code).toBe(1);
});
