import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { factoryOutputs } from '../../client/factory/deployed-factory.ts';
import { bundleFunctions } from '../../pipeline/assembly/bundle-functions.ts';
import { endOf } from '../../terminal/child.ts';
import { type BenchFunctionOptions, createFunction } from './bench-function.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';
import { emptyFunction } from './measure-invoke.ts';
import { memorySamples } from './memory-samples.ts';
import type { ProcessMemory, TreeTimes } from './process-times.ts';
import { median, type Sample, sample } from './sample.ts';

const starts = 5;

/** The functions whose starts are compared: each has all that the one before has, and more. */
const subjects = [
  { name: 'bench-empty', says: 'an empty function', file: undefined },
  { name: 'bench-sdk', says: 'DynamoDB and SQS clients', file: 'scripts/bench/sdk-function.ts' },
  { name: 'bench-ordering', says: 'the whole of ordering', file: 'functions/ordering/handler.ts' },
] as const;

/**
 * Cold starts: what the first invocation of an environment takes, from the request to the answer. A process that does nothing is
 * measured beside it, so that the figures can be taken one from the other: process, environment, SDK, function.
 */
export async function measureColdStart(endpoint: EndpointUnderTest): Promise<readonly Sample[]> {
  const processes: number[] = [];
  for (let i = 0; i < starts; i++) {
    processes.push(await emptyProcess());
  }
  const samples = [sample('an empty Node.js process, from spawn to exit', 'ms', median(processes))];
  for (const { name, says, options } of await subjectsAt(endpoint)) {
    const { invokeMs, cpuMs, memory } = await coldStarts(endpoint, { name, ...options });
    samples.push(
      sample(`cold invoke, ${says}`, 'ms', invokeMs),
      sample(`cold invoke, ${says}: CPU of its process`, 'ms', cpuMs),
      ...memorySamples(`cold invoke, ${says}: memory of its process`, memory),
    );
  }
  return samples;
}

async function coldStarts(endpoint: EndpointUnderTest, options: BenchFunctionOptions) {
  const { coolDown, invoke, remove } = await createFunction(endpoint, options);
  try {
    // The first start of some code also unpacks it, and leaves it compiled.
    await invoke();
    const times: number[] = [];
    const memory: ProcessMemory[] = [];
    let cpuMs = 0;
    for (let i = 0; i < starts; i++) {
      await coolDown();
      const before = await endpoint.times();
      times.push(await invoke());
      const after = await endpoint.times();
      cpuMs += before && after ? after.descendantsMs - before.descendantsMs : Number.NaN;
      memory.push(...startedBetween(before, after));
    }
    return { invokeMs: median(times), cpuMs: Number.isNaN(cpuMs) ? undefined : cpuMs / starts, memory };
  } finally {
    await remove();
  }
}

function startedBetween(before: TreeTimes | undefined, after: TreeTimes | undefined): ProcessMemory[] {
  const known = new Set(before?.functionMemory.map(({ pid }) => pid));
  return after?.functionMemory.filter(({ pid }) => !known.has(pid)) ?? [];
}

async function subjectsAt({ url }: EndpointUnderTest) {
  const repository = join(import.meta.dirname, '..', '..');
  const target = await mkdtemp(join(tmpdir(), 'cookie-factory-bench-'));
  try {
    const roots = subjects.flatMap(({ name, file }) => (file ? [{ name, file }] : []));
    const bundles = await bundleFunctions({ repository, target, roots });
    const sources = new Map(
      await Promise.all(bundles.map(async ({ name, file }) => [name, await readFile(file, 'utf8')] as const)),
    );
    const variables = await orderingVariables(url);
    const event = { version: '2.0', rawPath: '/nowhere', headers: {}, requestContext: { http: { method: 'GET' } } };
    return subjects.map(({ name, says }) => ({
      ...{ name, says },
      options: { code: sources.get(name) ?? emptyFunction, variables, event },
    }));
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** What the deployed function is configured with: without it, it does not start. */
async function orderingVariables(url: string): Promise<Record<string, string>> {
  const outputs = await factoryOutputs(url);
  const client = new LambdaClient(clientConfiguration(url));
  const { Environment } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: outputs?.['OrderingFunction'] }),
  );
  client.destroy();
  return Environment?.Variables ?? {};
}

async function emptyProcess(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' });
  await endOf(child);
  return performance.now() - start;
}
