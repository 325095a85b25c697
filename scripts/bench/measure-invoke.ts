import { percentile } from '../../workshop/experiment/percentile.ts';
import { createFunction } from './bench-function.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';
import { type Sample, sample } from './sample.ts';

const sampleCount = 200;
const warmUp = 20;

/** A handler that does nothing. */
export const emptyFunction = 'export const handler = async () => ({});';

/** Warm invokes of a function that does nothing, one after another. */
export async function measureInvoke(endpoint: EndpointUnderTest): Promise<readonly Sample[]> {
  const { invoke, remove } = await createFunction(endpoint, { name: 'bench-warm', code: emptyFunction });
  try {
    const times: number[] = [];
    for (let i = 0; i < warmUp + sampleCount; i++) {
      const milliseconds = await invoke();
      if (i >= warmUp) {
        times.push(milliseconds);
      }
    }
    return [
      sample('warm invoke of an empty function, p50', 'ms', percentile(times, 0.5)),
      sample('warm invoke of an empty function, p99', 'ms', percentile(times, 0.99)),
    ];
  } finally {
    await remove();
  }
}
