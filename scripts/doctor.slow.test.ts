import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examineCredentials } from '../client/doctor/credentials.ts';
import { judgePort } from '../client/doctor/endpoints.ts';
import type { Finding } from '../client/doctor/finding.ts';
import { judgeCores, judgeDisk, judgeMemory } from '../client/doctor/machine.ts';
import { holderOf } from '../client/doctor/port-holder.ts';
import { judgeDocker, judgePolicy } from '../client/doctor/tools.ts';
import { runCommandLine, scratchFolder } from '../terminal/command.fixture.ts';

const gib = 2 ** 30;

test.each<{ when: string; finding: Finding; state: Finding['state'] }>([
  { when: 'two cores', finding: judgeCores(2), state: 'fine' },
  { when: 'one core', finding: judgeCores(1), state: 'note' },
  { when: 'memory', finding: judgeMemory(2 * gib), state: 'fine' },
  { when: 'little memory', finding: judgeMemory(gib), state: 'note' },
  { when: 'no memory', finding: judgeMemory(0.1 * gib), state: 'stops' },
  { when: 'a disk', finding: judgeDisk(5 * gib), state: 'fine' },
  { when: 'a full disk', finding: judgeDisk(0.1 * gib), state: 'stops' },
  { when: 'scripts are off, and the bundler runs', finding: judgePolicy('true', '1.0'), state: 'fine' },
  { when: 'scripts are off, and the bundler does not run', finding: judgePolicy('true', undefined), state: 'stops' },
  { when: 'no Docker', finding: judgeDocker(undefined, undefined), state: 'note' },
  { when: 'Docker without compose', finding: judgeDocker('28.0', undefined), state: 'note' },
  { when: 'Docker', finding: judgeDocker('28.0', '2.30'), state: 'fine' },
  { when: 'a free port', finding: judgePort(1, { is: 'nothing' }, undefined, undefined), state: 'fine' },
  {
    when: 'a port of the embedded AWS',
    finding: judgePort(1, { is: 'endpoint', kind: 'the embedded AWS' }, 'node, process 7', undefined),
    state: 'fine',
  },
  {
    when: 'a port of a stranger',
    finding: judgePort(1, { is: 'stranger', why: 'it answers text/html' }, 'nginx, process 7', undefined),
    state: 'stops',
  },
  {
    when: 'a port of a stranger, and an endpoint elsewhere',
    finding: judgePort(1, { is: 'stranger', why: 'it answers text/html' }, undefined, 'http://127.0.0.1:4567'),
    state: 'fine',
  },
])('$when: $state', ({ finding, state }) => {
  expect(finding.state).toBe(state);
  expect(finding).toHaveProperty(state === 'fine' ? 'says' : 'todo');
});

test('credentials are named, and their secrets never', () => {
  const home = scratchFolder();
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'credentials'), '[default]\naws_secret_access_key = hush\n');
  const environment = { AWS_ACCESS_KEY_ID: 'AKIASOMEBODY', AWS_SECRET_ACCESS_KEY: 'hush', AWS_PROFILE: 'work' };
  const finding = examineCredentials(environment, home);
  expect(finding).toMatchObject({
    state: 'note',
    says: expect.stringContaining('AWS_ACCESS_KEY_ID, AWS_PROFILE (work)'),
  });
  expect(JSON.stringify(finding)).not.toMatch(/hush|AKIASOMEBODY/);
  expect(examineCredentials({ AWS_ACCESS_KEY_ID: 'test' }, scratchFolder()).state).toBe('fine');
});

test.skipIf(process.platform === 'win32')('who holds a port is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  expect(await holderOf((server.address() as AddressInfo).port)).toContain(`process ${process.pid}`);
});

test('all findings as JSON; an endpoint that does not answer stops the workshop', async () => {
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const { code, stdout, stderr } = await runCommandLine('doctor', ['--json'], environment);
  expect(stderr).toBe('');
  const { isReady, findings } = JSON.parse(stdout) as { isReady: boolean; findings: Finding[] };
  expect(findings.find(({ name }) => name === 'AWS_ENDPOINT_URL')).toMatchObject({
    ...{
      state: 'stops',
      says: 'nothing answers at http://127.0.0.1:1',
      todo: 'Start the endpoint, or unset the variable.',
    },
  });
  expect([isReady, code]).toEqual([false, 1]);
});
