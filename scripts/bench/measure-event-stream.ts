import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOf } from '../../terminal/child.ts';
import { percentile } from '../../workshop/experiment/percentile.ts';
import { startEndpointProcess } from './endpoint-process.ts';
import { atMost, type Figure } from './figure.ts';
import { createFunction, invoke } from './measure-invoke.ts';

const sampleCount = 1_000;
const warmUp = 100;

/**
 * What it costs that a client reads the event stream: warm invokes of two endpoints in turns, so that both have the same machine. Of one
 * of them every event is read. An endpoint that was read goes on recording for a while, so one alone cannot be compared with itself.
 */
export async function measureEventStream(): Promise<readonly Figure[]> {
  const endpoints = [await startEndpointProcess(), await startEndpointProcess()] as const;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const [unread, read] = endpoints.map(({ url }) => ({ url, samples: [] as number[] }));
  if (!unread || !read) {
    throw new Error('There are two endpoints to compare.');
  }
  const reader = await startReader(read.url);
  try {
    for (const { url } of endpoints) {
      await createFunction(url);
    }
    for (let i = 0; i < warmUp + sampleCount; i++) {
      for (const { url, samples } of i % 2 === 0 ? [unread, read] : [read, unread]) {
        const start = performance.now();
        await invoke(url, agent);
        if (i >= warmUp) {
          samples.push(performance.now() - start);
        }
      }
    }
    const median = (samples: readonly number[]) => percentile(samples, 0.5) ?? Number.NaN;
    const more = median(read.samples) / median(unread.samples) - 1;
    return [atMost('what a reader of the event stream adds to a warm invoke, p50', more * 100, 3, '%')];
  } finally {
    const ended = endOf(reader);
    reader.kill();
    await ended;
    agent.destroy();
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  }
}

/** Begins to read all events of an endpoint. */
async function startReader(url: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'event-reader.ts');
  const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface(child.stdout), 'line');
  return child;
}
