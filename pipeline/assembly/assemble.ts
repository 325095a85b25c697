import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { type Deploy, synthesise } from './assembly.ts';

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

/** A build reaches no endpoint, but the app wants to hear where not to deploy to. What it makes is the same for every target. */
const nowhere = 'http://127.0.0.1:1';

/** Bundles a snapshot's functions and synthesises its stage into a cloud assembly that is the same wherever it is made. */
export async function assemble({ folder, snapshot, ...options }: AssembleOptions): Promise<void> {
  const environment = environmentFor(nowhere);
  await synthesise({ ...options, environment, target: folder, snapshots: [snapshot], nodeOptions: [withoutPlaces] });
}
