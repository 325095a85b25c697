import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { localAccessKeys } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { ownEndpoint, scratchFolder, startCommand } from '../terminal/command.fixture.ts';
import type { Proof } from '../workshop/proof/proof.ts';

test.each([
  { script: 'prove', args: ['13'], says: /There is no factor "13": give one of 1 to 12, or all/ },
  { script: 'prove', args: ['0'], says: /There is no factor "0"/ },
  { script: 'prove', args: ['abc'], says: /There is no factor "abc"/ },
  { script: 'prove', args: [], says: /missing required argument 'factor'/ },
  { script: 'prove', args: ['6', '7'], says: /too many arguments/ },
  { script: 'prove', args: ['6', '--self', 'both'], says: /Allowed choices are before, after, all/ },
  { script: 'prove', args: ['6', '--runs', '0'], says: /A whole number from 1 to 100 is needed/ },
  { script: 'prove', args: ['all', '--mine'], says: /--mine and --exercise go with one factor/ },
  { script: 'diff', args: ['13'], says: /There is no factor "13"/ },
  { script: 'diff', args: ['6', '--colour'], says: /unknown option '--colour'/ },
  { script: 'workshop', args: ['tries', '6'], says: /Allowed choices are try, hint, solution, quiz, reset/ },
  { script: 'workshop', args: ['try'], says: /Of which factor\?/ },
  { script: 'workshop', args: ['hint', '13'], says: /There is no factor "13"/ },
])('$script $args is refused in one line', async ({ script, args, says }) => {
  const { code, stderr } = await startCommand(script, args).ended;
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  expect(code).toBe(2);
});

test.each(['prove', 'diff', 'workshop', 'snippets'])('%s --help shows an example', async (script) => {
  const { code, stdout } = await startCommand(script, ['--help']).ended;
  expect(stdout).toMatch(/Example:\n\s+npm run/);
  expect(code).toBe(0);
});

test('an endpoint that is down is said before anything is built', async () => {
  const { code, stderr } = await startCommand('prove', ['6'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).ended;
  expect(stderr).toMatch(/^error Nothing answers at http:\/\/127\.0\.0\.1:1 \(AWS_ENDPOINT_URL\)\..*\n$/);
  expect(code).toBe(1);
});

test('an endpoint that dies half way proves nothing, refutes nothing, and overwrites no report', async () => {
  const emulator = startCommand('emulator', ['--port', '0']);
  const [line] = (await once(createInterface(emulator.child.stdout), 'line')) as [string];
  const awsEndpointUrl = /http:\S+\d/.exec(line)?.[0] ?? '';
  const [json, html] = [join(scratchFolder(), 'proof.json'), join(scratchFolder(), 'proof.html')];
  const { child, ended } = startCommand('prove', ['1', '--json', json, '--html', html], {
    AWS_ENDPOINT_URL: awsEndpointUrl,
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('deploying Factor00')) {
      emulator.child.kill('SIGKILL');
    }
  });
  const { code, stderr } = await ended;
  expect(stderr).toBe(
    `error ${awsEndpointUrl} does not answer any more, so this command could not finish. Start the endpoint again.\n`,
  );
  expect(code).toBe(1);
  expect([existsSync(json), existsSync(html)]).toEqual([false, false]);
});

test('what an endpoint cannot do is neither proved nor refuted, and overwrites no report', async () => {
  const { url, close } = await startEmulator({ port: 0, faults: false });
  onTestFinished(close);
  const json = join(scratchFolder(), 'proof.json');
  const { code, stdout } = await startCommand('prove', ['9', '--json', json], { AWS_ENDPOINT_URL: url }).ended;
  expect(stdout).toContain(`Endpoint: the embedded AWS at ${url}\n`);
  expect(stdout).toContain('It cannot run here: this endpoint has no fault port.');
  expect(stdout).toContain('[SKIPPED] factor 9, Disposability: 8 -> 9: CANNOT RUN HERE in ');
  expect(stdout).toContain('No report was written.');
  expect(existsSync(json)).toBe(false);
  expect(code).toBe(1);
});

test('what only a proof deploys is gone from an endpoint that stays', async () => {
  const { url, close } = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  onTestFinished(close);
  const [json, html] = [join(scratchFolder(), 'proof.json'), join(scratchFolder(), 'proof.html')];
  const { code, stdout } = await startCommand('prove', ['1', '--json', json, '--html', html], { AWS_ENDPOINT_URL: url })
    .ended;
  expect(code, stdout).toBe(0);
  const client = new CloudFormationClient(clientConfiguration(url));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  client.destroy();
  const ours = Stacks.map(({ StackName }) => StackName).filter((name) => name?.startsWith('Factor'));
  expect(ours.sort()).toEqual(['Factor00-Prod', 'Factor01-Prod']);
});

test('a snapshot against itself is deployed, measured and NOT PROVED', async () => {
  const folder = scratchFolder();
  const [json, html] = [join(folder, 'proof.json'), join(folder, 'proof.html')];
  const { code, stdout } = await startCommand(
    'prove',
    ['4', '--self', 'after', '--json', json, '--html', html],
    ownEndpoint,
  ).ended;
  expect(stdout).toContain('Endpoint: an embedded AWS of its own for each proof, on a free port\n');
  expect(stdout).toMatch(/^\[FAILED\] factor 4, Backing services: 4 -> 4: NOT PROVED in /m);
  expect(stdout).toMatch(/^NOT PROVED in /m);
  expect(stdout).toContain(`Report: ${pathToFileURL(html)}`);
  expect(stdout).not.toContain('Not failed as they must');
  expect(code).toBe(1);
  const proof = JSON.parse(readFileSync(json, 'utf8')) as Proof;
  expect(proof).toMatchObject({ factor: 4, before: { snapshot: 4 }, after: { snapshot: 4 }, verdict: 'NOT PROVED' });
  expect(proof.rows.filter(({ kind, holds }) => kind === 'guard' && !holds)).toEqual([]);
  expect(readFileSync(html, 'utf8')).toContain('NOT PROVED');
});

test.skipIf(process.platform === 'win32')('an interruption is one line, and leaves nothing', async () => {
  const temporary = scratchFolder();
  const { child, ended } = startCommand('prove', ['4', '--self', 'after'], { ...ownEndpoint, TMPDIR: temporary });
  child.stdout?.on('data', (chunk: Buffer) => {
    if (chunk.includes('deploying Factor04')) {
      child.kill('SIGINT');
    }
  });
  const { code, stdout, stderr } = await ended;
  expect(stderr).toBe('error Interrupted.\n');
  expect(stdout).toMatch(/^\[FAILED\] factor 4, Backing services: 4 -> 4: interrupted$/m);
  expect(stdout).not.toContain('[COMPLETED]');
  expect(code).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
});
