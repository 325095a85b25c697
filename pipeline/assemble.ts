import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { runNode } from '../terminal/child.ts';
import { type Deploy, stageOf } from './assembly.ts';

export interface AssembleOptions {
  /** The root of the repository, or of a copy of it: its own scripts make its assembly. */
  readonly repository: string;
  /** Where the assembly goes. */
  readonly folder: string;
  /** The snapshot whose stage is assembled. */
  readonly snapshot: number;
  readonly deploys: readonly Deploy[];
  readonly signal: AbortSignal;
}

/** Else the assembly says on which line of which folder everything was created, and no two folders make the same build. */
const withoutPlaces = '--stack-trace-limit=0';

/** A build reaches nobody, but the app wants to hear where not to deploy to. What it makes is the same for every target. */
const nowhere = 'http://127.0.0.1:1';

/** Bundles a snapshot's functions and synthesises its stage into a cloud assembly that is the same wherever it is made. */
export async function assemble({ repository, folder, snapshot, deploys, signal }: AssembleOptions): Promise<void> {
  const run = { cwd: repository, signal };
  const environment = environmentFor(nowhere);
  const number = String(snapshot).padStart(2, '0');
  await runNode(['scripts/bundle.ts', number], { ...run, environment, what: 'Bundling' });
  const { context } = JSON.parse(await readFile(join(repository, 'cdk.json'), 'utf8')) as { context: object };
  const asked = { stages: stageOf(snapshot), deploys: deploys.join(',').toLowerCase() };
  await runNode([withoutPlaces, 'infra/app.ts'], {
    ...run,
    what: `Synthesising ${stageOf(snapshot)}`,
    // How the CDK CLI hands an app its folder and its context.
    environment: { ...environment, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...asked }) },
  });
}
