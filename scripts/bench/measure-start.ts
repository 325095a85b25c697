import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOf } from '../../terminal/child.ts';
import { type Sample, sample } from './sample.ts';

/** A port that is free now: `npm start` serves on the one in its settings. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** From the start of `npm start`'s process to its line about the first order BAKED, as the script itself counts it. */
export async function measureStart(signal: AbortSignal): Promise<readonly Sample[]> {
  const script = join(import.meta.dirname, '..', 'start.ts');
  const started = performance.now();
  const child = spawn(process.execPath, [script, '--once', '--orders', '1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}` },
  });
  const ended = endOf(child, signal);
  let baked: number | undefined;
  for await (const line of createInterface(child.stdout)) {
    if (line.includes('BAKED')) {
      baked ??= performance.now();
    }
  }
  if ((await ended) !== 0 || baked === undefined) {
    throw new Error('npm start baked no order.');
  }
  return [sample('npm start to the first order BAKED', 's', (baked - started) / 1000)];
}
