import type { CommandEnded } from '../../terminal/program.ts';
import type { Reach } from './leftovers.ts';
import type { Findings } from './merge.ts';

/** What a job works with. */
export interface JobContext {
  /** The endpoint that is tried. */
  readonly endpoint: string;
  /** The project's root. */
  readonly repository: string;
  /** How the SDKs reach it. */
  readonly reach: Reach;
  /** Files that are gone after the run. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** The folder of the one assembly that every endpoint is given, which is synthesised when it is first asked for. */
  assembly(): Promise<string>;
  /** Runs `npm run <script> -- <args>` against the endpoint, to its end. */
  npm(script: string, ...args: readonly string[]): Promise<CommandEnded>;
  /** The same in a copy of the project. */
  npmIn(folder: string, script: string, ...args: readonly string[]): Promise<CommandEnded>;
  /** Runs another program in the project's folder, to its end. */
  run(program: string, ...args: readonly string[]): Promise<CommandEnded>;
}

/** Something that is tried, and that says something about one or more rows. */
export interface Job {
  /** What `--only` calls it. */
  readonly name: string;
  /** The group in {@link groups} that it belongs to, which `--only` knows too. */
  readonly group: string;
  /** Ids of the rows that it finds out about. */
  readonly rows: readonly string[];
  /** What it leaves out of its rows was not run. */
  run(context: JobContext): Promise<Findings>;
}
