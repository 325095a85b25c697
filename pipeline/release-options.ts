import type { BuildEntry, ReleaseEntry } from './ledger.ts';
import type { SmokeTest } from './smoke-test.ts';
import type { Target } from './target.ts';

export interface ReleaseOptions {
  /** Folder of the builds and the ledger. */
  readonly releases: string;
  readonly build: BuildEntry;
  /** The deploy that the release is for: `Dev` or `Prod`. */
  readonly deploy: string;
  /** Config of the deploy: values of stack parameters. Those that are not named stay as they are. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly target: Target;
  /** By the construct ids of the functions. @default - those of the factory */
  readonly smokeTests?: Readonly<Record<string, SmokeTest>>;
  readonly by: string;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string) => void;
  /** Is given each line that the CDK CLI prints. */
  readonly onLine: (line: string) => void;
}

export interface Released {
  readonly release: ReleaseEntry;
  /** Whether this is another release than any before. */
  readonly isNew: boolean;
  /** Whether it runs already: a stack that is new has nothing else to run. */
  readonly runs: boolean;
}
