import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOf } from '../../terminal/child.ts';
import { createFunction } from './bench-function.ts';
import { type EndpointUnderTest, embeddedEndpoint } from './endpoint-under-test.ts';
import { emptyFunction } from './measure-invoke.ts';
import { median, type Sample, sample } from './sample.ts';

const sampleCount = 300;
const warmUp = 50;

/**
 * What it costs that a client reads the event stream: warm invokes of two endpoints in turns, so that both have the same machine. Of one
 * of them every event is read. An endpoint that was read goes on recording for a while, so one alone cannot be compared with itself.
 */
export async function measureEventStream(): Promise<readonly Sample[]> {
  const endpoints = await Promise.all([embeddedEndpoint(), embeddedEndpoint()]);
  const [unread, read] = await Promise.all(endpoints.map(subject));
  if (!unread || !read) {
    throw new Error('There are two endpoints to compare.');
  }
  const reader = await startReader(endpoints[1].url);
  try {
    for (let i = 0; i < warmUp + sampleCount; i++) {
      for (const { invoke, times } of i % 2 === 0 ? [unread, read] : [read, unread]) {
        const milliseconds = await invoke();
        if (i >= warmUp) {
          times.push(milliseconds);
        }
      }
    }
    const more = median(read.times) / median(unread.times) - 1;
    return [sample('what a reader of the event stream adds to a warm invoke, p50', '%', more * 100)];
  } finally {
    const ended = endOf(reader);
    reader.kill();
    await ended;
    await Promise.all([unread.remove(), read.remove()]);
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  }
}

async function subject(endpoint: EndpointUnderTest) {
  const made = await createFunction(endpoint, { name: 'bench-events', code: emptyFunction });
  return { ...made, times: [] as number[] };
}

/** Begins to read all events of an endpoint. */
async function startReader(url: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'event-reader.ts');
  const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface(child.stdout), 'line');
  return child;
}
