import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

/**
 * The package as a stranger has it: packed, unpacked in an empty folder, and started there by its program. npm itself could
 * install it only over the network: `npm ci` caches packages, and not the lists of versions that an install asks for. So
 * its dependencies are linked, those that it declares and no others.
 */
const run = promisify(execFile);
const modules = join(import.meta.dirname, '..', 'node_modules');
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'stranger-'));
const own = join(scratch, 'node_modules', 'embedded-aws');
const shell = process.platform === 'win32';

beforeAll(async () => {
  const pack = ['pack', '--ignore-scripts=false', '--json', '--pack-destination', scratch];
  await run('npm', pack, { cwd: import.meta.dirname, shell });
  mkdirSync(own, { recursive: true });
  const tarball = join(scratch, `embedded-aws-${manifest.version}.tgz`);
  await run('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    link(name);
  }
}, 180_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function link(name: string): void {
  const place = join(scratch, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(modules, name), place, 'junction');
}

/** Starts the package's program. Returns the environment that it prints. */
async function start(...args: string[]): Promise<Record<string, string>> {
  const program = join(own, manifest.bin['embedded-aws']);
  const child = spawn(process.execPath, [program, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await exited;
  });
  const environment: Record<string, string> = {};
  for await (const line of createInterface(child.stdout)) {
    const [, name = '', value = ''] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (name) {
      environment[name] = value;
    }
    if (Object.keys(environment).length === 4) {
      break;
    }
  }
  return environment;
}

const app = `
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Code, Function, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';

// Whether the template is valid CloudFormation is not what is tested, and takes seconds.
const app = new App({ builtinCloudFormationValidation: false });
const stack = new Stack(app, 'Greetings');
const queue = new Queue(stack, 'Queue');
const greeter = new Function(stack, 'Greeter', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('greeter'),
  environment: { QUEUE_ARN: queue.queueArn },
});
const { url } = greeter.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
new CfnOutput(stack, 'Url', { value: url });
`;
const greeter = `
exports.handler = async ({ rawQueryString }) => ({ hello: rawQueryString, queue: process.env.QUEUE_ARN });
`;

test('it serves `cdk deploy` of a stranger, in the account and the region that were asked for', async () => {
  for (const name of ['aws-cdk', 'aws-cdk-lib', 'constructs']) {
    link(name);
  }
  mkdirSync(join(scratch, 'greeter'));
  writeFileSync(join(scratch, 'greeter', 'index.js'), greeter);
  writeFileSync(join(scratch, 'app.mjs'), app);
  const environment = await start('--account', '111122223333', '--region', 'eu-west-3');
  expect(environment).toMatchObject({ AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'test' });
  const cli = join(scratch, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const deploy = ['deploy', '--app', `"${process.execPath}" app.mjs`, '--require-approval', 'never'];
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ...environment, CDK_HOME: scratch, CI: 'true', NO_COLOR: '1' };
  await run(process.execPath, [cli, ...deploy, '--outputs-file', 'outputs.json'], { cwd: scratch, env });
  const outputs = JSON.parse(readFileSync(join(scratch, 'outputs.json'), 'utf8'));
  const answer = (await (await fetch(`${outputs.Greetings.Url}?stranger`)).json()) as Record<string, string>;
  expect(answer['hello']).toBe('stranger');
  expect(answer['queue']).toMatch(/^arn:aws:sqs:eu-west-3:111122223333:Greetings-Queue/);
});

test('it shows its live view', async () => {
  const { AWS_ENDPOINT_URL: url = '' } = await start();
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => part);
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const part of parts) {
    expect((await fetch(new URL(part, url))).status, part).toBe(200);
  }
});

test('it is imported by its name, with its types', async () => {
  const source = `
import { type Emulator, startEmulator } from 'embedded-aws';

const aws: Emulator = await startEmulator({ port: 0, region: 'ap-south-1' });
// @ts-expect-error It is typed.
aws.nothing;
const { AWS_REGION: region } = aws.environment;
console.log(region, aws.accountId);
await aws.close();
`;
  writeFileSync(join(scratch, 'own.mts'), source);
  for (const name of ['typescript', '@types/node']) {
    link(name);
  }
  const options = [
    '--noEmit',
    '--singleThreaded',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--skipLibCheck',
    '--types',
    'node',
  ];
  await run(process.execPath, [join(scratch, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, 'own.mts'], {
    cwd: scratch,
  });
  const { stdout } = await run(process.execPath, ['own.mts'], { cwd: scratch });
  expect(stdout).toBe('ap-south-1 000000000000\n');
});
