import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

const repository = join(import.meta.dirname, '..');
const appFile = join(repository, 'infra', 'app.ts');
const cli = join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const preload = pathToFileURL(join(import.meta.dirname, 'somebodys-account.fixture.mjs')).href;

/** What a run of the CDK CLI came to, and what arrived at whom. */
export interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
  /** What was asked of hosts of AWS, such as `sts.eu-central-1.amazonaws.com GetCallerIdentity`. */
  readonly atAws: readonly string[];
  /** What was asked of the local endpoint, such as `GetCallerIdentity`. */
  readonly atEndpoint: readonly string[];
}

export interface Run {
  /** `ENDPOINT` stands for the URL of the local endpoint. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files by their path: below the home folder with `~/`, else below the folder where the CLI is started. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Runs the real CDK CLI, bare, in a folder of its own with this project's app, as {@link runAsSomebody}. */
export const runCdkAsSomebody = (args: readonly string[], run: Run = {}): Promise<Outcome> =>
  runAsSomebody([cli, ...args, '--no-notices'], run);

/** Runs the app as the CDK CLI does, without the CLI and the context that it would hand over. */
export const runAppAsSomebody = (run: Run): Promise<Outcome> => runAsSomebody([appFile], run);

/**
 * Runs a script with credentials of somebody's AWS account that work. A server stands for the account, and for a local
 * endpoint; each says whose it is and refuses everything else.
 */
export async function runAsSomebody(argv: readonly string[], { env = {}, files = {} }: Run = {}): Promise<Outcome> {
  const [atAws, atEndpoint]: [string[], string[]] = [[], []];
  const server = createServer(async (request, response) => {
    const operation = new URLSearchParams(await text(request)).get('Action') ?? `${request.method} ${request.url}`;
    const { host = '' } = request.headers;
    const isLocal = host.startsWith('127.0.0.1');
    if (isLocal) {
      atEndpoint.push(operation);
    } else {
      atAws.push(`${host} ${operation}`);
    }
    const account = isLocal ? '000000000000' : '111122223333';
    response.writeHead(operation === 'GetCallerIdentity' ? 200 : 403, { 'content-type': 'text/xml' });
    response.end(
      `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/somebody</Arn><UserId>AIDA</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const folder = mkdtempSync(join(tmpdir(), 'somebody-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const home = join(folder, 'home');
  const app = `"${process.execPath}" "${appFile}"`;
  const all = { '~/.aws/credentials': '', 'cdk.json': JSON.stringify({ app }), ...files };
  for (const [name, content] of Object.entries(all)) {
    const file = name.startsWith('~/') ? join(home, name.slice(2)) : join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const given = Object.entries(env).map(([name, value]) => [name, value.replaceAll('ENDPOINT', url)]);
  const environment = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    // The CLI keeps its cache of accounts here, and the SDK looks for profiles there.
    ...{ CDK_HOME: home, HOME: home, USERPROFILE: home, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    ...{ AWS_ACCESS_KEY_ID: 'AKIASOMEBODYELSESKEY', AWS_SECRET_ACCESS_KEY: 'secret' },
    ...{ AWS_REGION: 'eu-central-1', AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ NODE_OPTIONS: `--import ${preload}`, SOMEBODYS_ACCOUNT: url },
    ...Object.fromEntries(given),
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...argv], { cwd: folder, env: environment }, (_error, _stdout, stderr) =>
      resolve({ code: child.exitCode, stderr, atAws, atEndpoint }),
    );
  });
}
