import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { localAccessKeys } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { ownEndpoint, runCommandLine, scratchFolder, startCommand } from '../terminal/command.fixture.ts';

test('it says what it takes, with an example', async () => {
  const { code, stdout } = await runCommandLine('ledger', ['--help']);
  expect(stdout).toMatch(/Example:\n\s+npm run ledger\n/);
  expect(code).toBe(0);
});

test.each([
  { args: ['--only', 'oven'], says: /nothing called "oven" to try.*bootstrap, stages.*proof-12/ },
  { args: ['--name', '../x'], says: /"\.\.\/x" cannot be the name of a file/ },
  { args: ['--endpoint', 'here'], says: /is not a URL: here/ },
  { args: ['--endpoint', 'https://sts.eu-west-1.amazonaws.com'], says: /is a host of AWS itself/ },
  { args: ['--endpoint', 'http://127.0.0.1:1'], says: /Nothing answers at http:\/\/127\.0\.0\.1:1/ },
])('$args is refused in one line', async ({ args, says }) => {
  const docs = scratchFolder();
  const { code, stderr } = await runCommandLine('ledger', [...args, '--docs', docs]);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  expect(existsSync(join(docs, 'endpoints'))).toBe(false);
});

test('what was run is written down, and nothing else', async () => {
  const docs = scratchFolder();
  const args = ['--only', 'bootstrap', '--docs', docs, '--name', 'mine', '--note', 'only bootstrap'];
  const { code, stdout, stderr } = await runCommandLine('ledger', args, ownEndpoint);
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  const result = JSON.parse(await readFile(join(docs, 'endpoints', 'mine.json'), 'utf8'));
  expect(result).toMatchObject({
    endpoint: 'the embedded AWS',
    runs: [{ node: process.version, note: 'only bootstrap', commit: expect.stringMatching(/^[\da-f]{10}\+?$/) }],
    rows: { bootstrap: { outcome: 'works', run: 0 } },
  });
  expect(Object.keys(result.rows)).toEqual(['bootstrap']);
  expect(await readFile(join(docs, 'endpoints.md'), 'utf8')).toContain('| `npm run cdk -- bootstrap` | works |');
});

async function endpoint() {
  const emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  onTestFinished(() => emulator.close());
  return emulator;
}

test('stacks of somebody are not destroyed', async () => {
  const { url } = await endpoint();
  const client = new CloudFormationClient(clientConfiguration(url));
  onTestFinished(() => client.destroy());
  const template = { Resources: { Note: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } } } };
  await client.send(new CreateStackCommand({ StackName: 'Factor06-Prod', TemplateBody: JSON.stringify(template) }));
  const { code, stderr } = await runCommandLine('ledger', ['--endpoint', url, '--docs', scratchFolder()]);
  expect(stderr).toMatch(/Factor06-Prod would be destroyed\. Do that yourself/);
  expect(code).toBe(1);
});

test('an endpoint that is gone is nobody’s fault, and nothing is written of it', async () => {
  const emulator = await endpoint();
  const docs = scratchFolder();
  const { child, ended } = startCommand('ledger', ['--endpoint', emulator.url, '--only', 'bootstrap', '--docs', docs]);
  await firstJob(child.stdout);
  await emulator.close();
  const { code, stderr } = await ended;
  expect(stderr).toMatch(/does not answer any more/);
  expect(code).toBe(1);
  expect(existsSync(join(docs, 'endpoints'))).toBe(false);
});

test('an interruption ends it, with what it began', async () => {
  const docs = scratchFolder();
  const { child, ended } = startCommand('ledger', ['--only', 'Factor00', '--docs', docs], ownEndpoint);
  await firstJob(child.stdout);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(stderr).toMatch(/Interrupted/);
  expect(code).toBe(130);
  expect(existsSync(join(docs, 'endpoints'))).toBe(false);
});

/** Waits until it says that a job begins. */
async function firstJob(stdout: NodeJS.ReadableStream): Promise<void> {
  let said = '';
  while (!said.includes('[1/')) {
    said += String((await once(stdout, 'data'))[0]);
  }
}
