import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCdk } from '../../client/cdk/cdk-cli.ts';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { factoryOnly, factorySelector } from '../../client/factory/deployed-factory.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { atMost, type Figure } from './figure.ts';

/** Deploys a ready assembly with the CDK CLI, from its first CloudFormation call to its last; and the idle memory before. */
export async function deployFromAssembly(endpoint: EndpointProcess, signal: AbortSignal): Promise<readonly Figure[]> {
  const assembly = await mkdtemp(join(tmpdir(), 'cookie-factory-bench-'));
  const proxy = await startProxy(endpoint.url);
  try {
    const environment = environmentFor(proxy.url);
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    const synth = await runCdk(['synth', ...factoryOnly, '--quiet', '--output', assembly], {
      environment,
      signal,
      onLine,
    });
    // The first call makes the region, so that idle means ready to deploy to.
    await runCdk(['bootstrap', '--app', assembly, '--build', ''], { environment, signal, onLine });
    const { memoryBytes } = await endpoint.health();
    proxy.clear();
    // Without a build: what cdk.json says would build what is in the assembly already.
    const args = ['deploy', factorySelector, '--app', assembly, '--build', '', '--require-approval', 'never'];
    const deploy = await runCdk(args, { environment, signal, onLine });
    if (synth !== 0 || deploy !== 0) {
      throw new Error(`The CDK CLI failed:\n${lines.join('\n')}`);
    }
    return [
      atMost('memory of the idle endpoint', memoryBytes / 2 ** 20, 200, 'MB'),
      atMost('deploy, first to last CloudFormation call', proxy.span() / 1000, 1.5, 's'),
    ];
  } finally {
    proxy.close();
    await rm(assembly, { recursive: true, force: true });
  }
}

/** Passes requests on and notes when the first to CloudFormation came and the last was answered. */
async function startProxy(target: string) {
  const { hostname, port } = new URL(target);
  let first: number | undefined;
  let last = 0;
  const server = createServer((incoming, outgoing) => {
    const isCloudFormation = incoming.headers.authorization?.includes('/cloudformation/') === true;
    if (isCloudFormation) {
      first ??= performance.now();
    }
    const { method, url, headers } = incoming;
    const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('end', () => {
        if (isCloudFormation) {
          last = performance.now();
        }
      });
    });
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clear: () => {
      first = undefined;
    },
    span: () => last - (first ?? last),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
