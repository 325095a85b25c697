import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Ran, runCommandLine, scratchFolder } from '../terminal/command.fixture.ts';

/** Bad input, given to the commands as a person gives it: one line that says what is wrong, and no stack trace. */

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

function expectOneLine({ code, stderr }: Ran, says: RegExp): void {
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}

test.each(['start', 'emulator', 'cdk', 'doctor', 'invoke', 'env', 'bench'])(
  '%s --help shows an example',
  async (script) => {
    const { code, stdout } = await runCommandLine(script, ['--help']);
    expect(stdout).toContain(`npm run ${script}`);
    expect(stdout).toMatch(/Example:\n\s+\S/);
    expect(code).toBe(0);
  },
);

test.each([
  { script: 'env', args: ['--shell', 'zsh'], says: /Allowed choices are bash, fish, powershell/ },
  { script: 'start', args: ['--orders', '0'], says: /A whole number from 1 to 10000 is needed/ },
  { script: 'start', args: ['--quickly'], says: /unknown option '--quickly'/ },
  { script: 'start', args: ['--once', '--watch'], says: /--once ends after the report, and --watch stays/ },
  { script: 'emulator', args: ['--port', '70000'], says: /A whole number from 0 to 65535 is needed/ },
  { script: 'invoke', args: [], says: /missing required argument 'function'/ },
  { script: 'invoke', args: ['oven'], says: /no function "oven".*ordering, baking, cleanup/ },
  { script: 'invoke', args: ['baking', '--watch'], says: /--watch and --inspect go with --local/ },
  {
    script: 'invoke',
    args: ['baking', 'no/such.json'],
    says: /no[/\\]such\.json cannot be read: there is no such file/,
  },
])('$script $args is refused', async ({ script, args, says }) => {
  expectOneLine(await runCommandLine(script, args), says);
});

test('invoke names an event that is not JSON, and where it breaks', async () => {
  const folder = scratchFolder();
  const event = join(folder, 'broken.json');
  writeFileSync(event, '{"a":');
  expectOneLine(await runCommandLine('invoke', ['ordering', event]), /broken\.json is not JSON: .*JSON/);
});

test('cdk says how to start an endpoint where none answers', async () => {
  const awsEndpointUrl = `http://127.0.0.1:${await freePort()}`;
  expectOneLine(
    await runCommandLine('cdk', ['deploy', 'Factor12/*'], { AWS_ENDPOINT_URL: awsEndpointUrl }),
    /Nothing answers.*npm run emulator/,
  );
});

test('an endpoint that is not a URL is refused', async () => {
  expectOneLine(
    await runCommandLine('cdk', ['deploy'], { AWS_ENDPOINT_URL: 'here' }),
    /AWS_ENDPOINT_URL is not a URL: here/,
  );
});

test('an endpoint elsewhere that does not answer is not replaced by one of ours', async () => {
  const awsEndpointUrl = 'https://localhost:1';
  expectOneLine(
    await runCommandLine('start', ['--once'], { AWS_ENDPOINT_URL: awsEndpointUrl }),
    /Nothing answers at https:\/\/localhost:1/,
  );
});

test('an endpoint that takes connections but never answers is given up', async () => {
  const port = await listen(createServer());
  const awsEndpointUrl = `http://127.0.0.1:${port}`;
  expectOneLine(
    await runCommandLine('cdk', ['deploy'], { AWS_ENDPOINT_URL: awsEndpointUrl }),
    /took the connection but did not answer/,
  );
});

test.each(['start', 'invoke', 'prove', 'compare', 'cdk', 'serve'])(
  '%s takes nobody for an endpoint who only answers 200',
  async (script) => {
    const html = createHttpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    const awsEndpointUrl = `http://127.0.0.1:${await listen(html)}`;
    const args = { start: ['--once'], invoke: ['ordering'], prove: ['1'], compare: ['steady'], cdk: ['deploy'] };
    const given = args[script as keyof typeof args] ?? ['ordering'];
    expectOneLine(
      await runCommandLine(script, given, { AWS_ENDPOINT_URL: awsEndpointUrl }),
      /is not an AWS endpoint that this command knows \(it answers text\/html\)\. Stop it, or set AWS_ENDPOINT_URL/,
    );
  },
);

test.each(['start', 'invoke', 'prove', 'compare', 'cdk', 'serve', 'emulator'])(
  '%s refuses a host of AWS for an endpoint before it is looked up',
  async (script) => {
    const awsEndpointUrl = 'https://lambda.eu-west-1.amazonaws.com';
    const args = { start: ['--once'], invoke: ['ordering'], prove: ['1'], serve: ['ordering'], cdk: ['deploy'] };
    const given = args[script as keyof typeof args] ?? [];
    expectOneLine(await runCommandLine(script, given, { AWS_ENDPOINT_URL: awsEndpointUrl }), /is a host of AWS itself/);
  },
);

test('emulator names a port that is in use', async () => {
  const port = await listen(createHttpServer((_request, response) => response.writeHead(404).end()));
  expectOneLine(await runCommandLine('emulator', ['--port', String(port)]), new RegExp(`Port ${port} is in use`));
});
