import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { reasonOf } from '../terminal/reason.ts';
import { type Bundle, bundleFunctions, type FunctionRoot } from './assembly/bundle-functions.ts';
import { CodeSwap } from './code-swap.ts';

/** A deployed function and its source. */
export interface SwappedFunction extends FunctionRoot {
  /** What Lambda calls it. */
  readonly functionName: string;
}

export interface SwapOptions {
  /** Root of the repository. */
  readonly repository: string;
  /** Folder of the bundles. */
  readonly target: string;
  readonly functions: readonly SwappedFunction[];
  /** The assembly that was deployed: what is in it already is not swapped. */
  readonly assembly: string;
  readonly endpoint: string;
  /** Yields whenever a source may have changed. When it ends, what was deployed runs again. */
  readonly saves: AsyncIterable<void>;
  /** Is given a line for each save, or what is wrong with what was saved. */
  readonly onLine: (line: string) => void;
}

/**
 * Bundles functions whenever their source is saved, and swaps the code of those whose bundles changed. What cannot be bundled
 * or swapped gets a line that says why, and the next save tries again.
 */
export async function swapOnSave(options: SwapOptions): Promise<void> {
  const { repository, target, functions, endpoint, saves, onLine } = options;
  const lambda = new LambdaClient(clientConfiguration(endpoint));
  const swap = new CodeSwap(lambda);
  const deployed = await codeIn(options.assembly);
  /** The code that functions were given, where it is not what was deployed; undefined once something else was deployed. */
  const running = new Map<string, string | undefined>();
  try {
    for await (const _ of saves) {
      await swapChanged().catch((error: unknown) => onLine(reasonOf(error)));
    }
  } finally {
    await swap.giveBack();
    lambda.destroy();
  }

  async function swapChanged(): Promise<void> {
    const began = performance.now();
    const bundles = await bundleFunctions({ repository, roots: functions, target });
    const hashes = new Map(
      await Promise.all(bundles.map(async ({ name, file }) => [name, await hashOf(file)] as const)),
    );
    await Promise.all([...running.keys()].map(forgetIfDeployed));
    const changed = bundles.filter(({ name }) => !runs(name, hashes.get(name) ?? ''));
    // All come to their end, also where one fails: what is under way when this function ends would not be given back.
    const outcomes = await Promise.allSettled(changed.map(put));
    const swapped = changed.filter((_, i) => outcomes[i]?.status === 'fulfilled').map(({ name }) => name);
    for (const name of swapped) {
      running.set(name, hashes.get(name) ?? '');
    }
    if (swapped.length > 0) {
      onLine(`${swapped.join(', ')}: swapped in ${Math.round(performance.now() - began)} ms`);
    }
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      throw failed.reason;
    }
  }

  function runs(name: string, hash: string): boolean {
    return running.has(name) ? running.get(name) === hash : deployed.has(hash);
  }

  async function forgetIfDeployed(name: string): Promise<void> {
    if (!(await swap.isSwapped(deployedAs(name)))) {
      running.set(name, undefined);
    }
  }

  async function put({ name, file }: Bundle): Promise<void> {
    await swap.put(deployedAs(name), dirname(file));
  }

  function deployedAs(name: string): string {
    return functions.find((one) => one.name === name)?.functionName ?? name;
  }
}

/** The hashes of all bundles of an assembly. Each is in a folder that the CDK calls `asset.` and a hash of its own. */
async function codeIn(assembly: string): Promise<Set<string>> {
  const assets = (await readdir(assembly)).filter((entry) => /^asset\.[0-9a-f]+$/.test(entry));
  return new Set(await Promise.all(assets.map((asset) => hashOf(join(assembly, asset, 'index.mjs')))));
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
