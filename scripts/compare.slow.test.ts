import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { ownEndpoint, scratchFolder, startCommand } from '../terminal/command.fixture.ts';
import type { Comparison, SideName } from '../workshop/compare/measurement.ts';

const startCompare = (args: readonly string[], environment?: NodeJS.ProcessEnv) =>
  startCommand('compare', args, { ...ownEndpoint, ...environment });

function filesIn(folder: string) {
  const [json, html] = [join(folder, 'compare.json'), join(folder, 'compare.html')];
  return {
    args: ['--json', json, '--html', html],
    page: () => readFileSync(html, 'utf8'),
    comparison: () => JSON.parse(readFileSync(json, 'utf8')) as Comparison,
  };
}

test.each([
  {
    args: ['sunny'],
    says: /There is no scenario "sunny": there are steady, burst, kill, deploy, scale-out, scale-in\./,
  },
  { args: ['steady', '--rate', '0'], says: /A number from 1 to 500 is needed/ },
  { args: ['--rate', 'many'], says: /A number from 1 to 500 is needed/ },
  { args: ['--seconds', '1'], says: /A number from 2 to 600 s is needed/ },
  { args: ['--seconds', '1e9'], says: /A number from 2 to 600 s is needed/ },
  { args: ['--warm-up', '-1'], says: /A number from 0 to 60 s is needed/ },
  { args: ['--seed', '1.5'], says: /A whole number from 0 to 2147483648 is needed/ },
  { args: ['--rate', '500', '--seconds', '61'], says: /more than 30000, which is the most\. Lower --rate/ },
  { args: ['--colour'], says: /unknown option '--colour'/ },
])('$args is refused in one line', async ({ args, says }) => {
  const { code, stdout, stderr } = await startCompare(args).ended;
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  expect([code, stdout]).toEqual([2, '']);
});

test('--help shows an example', async () => {
  const { code, stdout } = await startCompare(['--help']).ended;
  expect(stdout).toMatch(/Example:\n\s+npm run compare/);
  expect(code).toBe(0);
});

test('an endpoint that is down is said before anything is built', async () => {
  const { code, stderr } = await startCompare(['kill'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).ended;
  expect(stderr).toMatch(/^error Nothing answers at http:\/\/127\.0\.0\.1:1 \(AWS_ENDPOINT_URL\)\..*\n$/);
  expect(code).toBe(1);
});

test('where nothing can be killed, it is said, and the report that there is stays', async () => {
  const { url, close } = await startEmulator({ port: 0, faults: false });
  onTestFinished(close);
  const folder = scratchFolder();
  const { args } = filesIn(folder);
  const { code, stdout } = await startCompare(['kill', ...args], { AWS_ENDPOINT_URL: url }).ended;
  expect(stdout).toContain('\nkill: left out, because this endpoint has no fault port.\n');
  expect(stdout).toContain('No report was written.');
  expect(readdirSync(folder)).toEqual([]);
  expect(code).toBe(1);
});

test('a killed server takes orders with it, killed execution environments none', async () => {
  const { args, comparison, page } = filesIn(scratchFolder());
  const { code, stdout, stderr } = await startCompare(['kill', '--seconds', '4', '--rate', '10', ...args]).ended;
  expect([code, stderr], stdout).toEqual([0, '']);
  const [run] = comparison().scenarios;
  expect(run?.partial).toBeUndefined();
  const outcomes = (name: SideName) => {
    const orders = run?.sides.find(({ side }) => side === name)?.orders ?? [];
    return { all: orders.length, lost: orders.filter(({ outcome }) => outcome === 'lost').length, orders };
  };
  const [servers, functions] = [outcomes('servers'), outcomes('functions')];
  expect(servers.lost).toBeGreaterThan(0);
  expect(servers.lost).toBeLessThan(servers.all);
  expect(functions.all).toBeGreaterThan(30);
  expect(functions.orders.filter(({ outcome }) => outcome !== 'kept')).toEqual([]);
  // What the killed one had in hand waits until the queue shows it to another.
  expect(Math.max(...functions.orders.map(({ bakedAfterMs = 0 }) => bakedAfterMs))).toBeGreaterThan(50_000);
  expect(page()).toContain('<html');
});

test.skipIf(process.platform === 'win32')(
  'an interruption keeps what was measured, marked as partial, and leaves nothing running',
  async () => {
    const folder = scratchFolder();
    const temporary = scratchFolder();
    const { args, comparison } = filesIn(folder);
    const { child, ended } = startCompare(['steady', 'burst', '--seconds', '30', ...args], { TMPDIR: temporary });
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('measuring for')) {
        child.kill('SIGINT');
      }
    });
    const { code, stderr } = await ended;
    expect(stderr).toBe('error Interrupted.\n');
    expect(code).toBe(130);
    const { scenarios } = comparison();
    expect(scenarios.map(({ scenario }) => scenario)).toEqual(['steady']);
    expect(scenarios[0]?.partial).toMatch(/^servers: Interrupted, \d+\.\d s into the measurement\.$/);
    // Those of the warm-up.
    expect(scenarios[0]?.sides[0]?.samples.length).toBeGreaterThan(10);
    expect(readdirSync(temporary)).toEqual([]);
  },
);
