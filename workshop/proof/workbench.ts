import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import type { Assembly, Deploy } from '../../pipeline/assembly/assembly.ts';
import { knownAssembly } from '../../pipeline/assembly/known-assemblies.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Pair } from './pairs.ts';

/** The endpoint in the environment of a synthesis: it has to be named, and is not asked for anything. */
export const anyEndpoint = 'http://127.0.0.1:1';

/** What several proofs have in common: one assembly of all their stages, and a folder that goes with them. */
export interface Workbench {
  readonly repository: string;
  /** The assembly of all stages, synthesised when it is asked for first. */
  assembly(): Promise<Assembly>;
  /** A new empty folder. */
  folder(): Promise<string>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  readonly repository: string;
  readonly pairs: readonly Pair[];
  readonly deploys: readonly Deploy[];
  readonly signal: AbortSignal;
}

export async function openWorkbench({ repository, pairs, deploys, signal }: WorkbenchOptions): Promise<Workbench> {
  const room = await mkdtemp(join(tmpdir(), 'proof-'));
  let assembly: Promise<Assembly> | undefined;
  const folder = () => mkdtemp(join(room, 'scratch-'));
  return {
    ...{ repository, folder },
    assembly: () => {
      assembly ??= knownAssembly({
        ...{ repository, deploys, signal, target: join(room, 'cdk.out') },
        snapshots: [...new Set(pairs.flatMap(({ before, after }) => [before, after]))].sort((a, b) => a - b),
        environment: environmentFor(anyEndpoint),
      });
      return assembly;
    },
    close: () => rm(room, { recursive: true, force: true }),
  };
}

/** The deploys that any of some experiments needs. */
export function deploysOf(experiments: readonly Experiment[]): Deploy[] {
  return experiments.some(({ deploys }) => deploys?.includes('Dev')) ? ['Dev', 'Prod'] : ['Prod'];
}
