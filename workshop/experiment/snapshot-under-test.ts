import type { Reach } from '../../client/factory/function-environment.ts';
import type { CompositionRoot } from '../snapshots.ts';

/** A snapshot as an experiment meets it: deployed at an endpoint, with its source at hand. */
export interface SnapshotUnderTest {
  /** 0 to 12. An experiment may look things up by it, but must not judge by it. */
  readonly number: number;
  /** The folder with the snapshot's roots: `workshop/NN-slug`, or an attendee's own. */
  readonly folder: string;
  /** The repository's root, or that of the copy that is worked on. */
  readonly repository: string;
  /** Its functions: what each is made of, within `repository`. */
  readonly roots: readonly CompositionRoot[];
  /** Base URL of the endpoint that it is deployed to. */
  readonly endpoint: string;
  /** Aborted on Ctrl-C: stop, and leave nothing running. */
  readonly signal: AbortSignal;
  /** The outputs of a deploy's stack, by name, such as `OrderingUrl`. @default 'Prod' */
  outputs(deploy?: 'Dev' | 'Prod'): Readonly<Record<string, string>>;
  /** The template of a deploy as it was synthesised, parsed. @default 'Prod' */
  template(deploy?: 'Dev' | 'Prod'): Readonly<Record<string, unknown>>;
  /** What the SDK's clients are made with to reach the endpoint: `new LambdaClient(snapshot.clients)`. */
  readonly clients: Reach;
  /** Tells a person what is being done now, in a few words. */
  report(progress: string): void;
  /** Deploys the snapshot's stage again from a copy of the repository that was edited (see `working-copy.ts`). */
  deployFrom(repository: string): Promise<void>;
}
