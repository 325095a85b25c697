import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const repository = join(import.meta.dirname, '..');
const cdk = join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk');

interface Account {
  readonly url: string;
  /** The operations it was asked for. */
  readonly asked: string[];
}

/** Stands for the AWS account that somebody's credentials belong to: says whose it is, and notes what else is wanted. */
async function somebodysAccount(): Promise<Account> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const operation = new URLSearchParams(await text(request)).get('Action') ?? `${request.method} ${request.url}`;
    asked.push(operation);
    response.statusCode = operation === 'GetCallerIdentity' ? 200 : 403;
    response.setHeader('content-type', 'text/xml');
    response.end(
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/somebody</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    );
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, asked };
}

interface Outcome {
  readonly code: number | string | null | undefined;
  readonly stderr: string;
}

/** The real CDK CLI, bare: with credentials that work, and no endpoint that is meant for the factory. */
function runCdk(args: readonly string[], account: Account): Promise<Outcome> {
  const home = mkdtempSync(join(tmpdir(), 'refusal-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const services = ['STS', 'SSM', 'S3', 'CLOUDFORMATION', 'IAM'];
  const env = {
    PATH: process.env['PATH'],
    // The CLI keeps its cache of accounts here, and the SDK looks for profiles there.
    CDK_HOME: home,
    HOME: home,
    USERPROFILE: home,
    AWS_ACCESS_KEY_ID: 'AKIASOMEBODYELSESKEY',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-central-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, account.url])),
  };
  // What is built before the app runs is beside the point here.
  const argv = [cdk, ...args, '--build', `"${process.execPath}" --version`, '--output', join(home, 'cdk.out')];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, { cwd: repository, env }, (_error, _stdout, stderr) =>
      resolve({ code: child.exitCode, stderr }),
    );
  });
}

test.each([
  ['deploy', '**'],
  ['destroy', '**', '--force'],
  ['diff', '**'],
])('a bare `cdk %s` is refused in one line, and nothing is asked of the account but whose it is', async (...args) => {
  const account = await somebodysAccount();
  const { code, stderr } = await runCdk(args, account);

  expect(code).toBe(1);
  expect(stderr.match(/^Refused: .*$/gm)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(new Set(account.asked)).toEqual(new Set(['GetCallerIdentity']));
});
