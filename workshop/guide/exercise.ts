import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../terminal/command-line.ts';
import { type FinishedFunction, snapshotNumbered } from '../snapshots.ts';

/** A wrong solution that people write, and the gate that tells them. */
export interface Mistake {
  /** What was done wrong, in a sentence. */
  readonly what: string;
  /** The gate or guard of the experiment that names it. */
  readonly missed: string;
}

/**
 * What an attendee does in a lesson: `workshop/NN-slug/exercise/exercise.ts` exports it as `exercise`. Beside it are
 * files that are laid over the snapshot before: `start/` (what is handed out), `solution/`, and `mistakes/<name>/`.
 */
export interface Exercise {
  /** What there is to do, in two sentences at most: the files with a `TODO`, and what they must do. */
  readonly task: string;
  /** How long it takes somebody who has read the lesson. */
  readonly minutes: number;
  /** The roots that an attendee's folder may have, as in {@link Snapshot.functions}; those that are there are deployed. */
  readonly functions: readonly string[];
  /** The functions of the finished factory that the stack takes as they are. @default - none */
  readonly finished?: readonly FinishedFunction[];
  /** Files of the folder that stand for others of the repository: `{ 'release.ts': 'pipeline/release.ts' }`. @default - none */
  readonly standsFor?: Readonly<Record<string, string>>;
  /** Files or folders of the snapshot before that the solution no longer has. @default - none */
  readonly removes?: readonly string[];
  /** Files that are handed out, and packages, that must be used where what is deployed could do without. @default - none */
  readonly uses?: readonly string[];
  /** The finished files, or folders, that answer the exercise: importing one is refused by name. */
  readonly answers: readonly string[];
  /** By the name of their folder. */
  readonly mistakes: Readonly<Record<string, Mistake>>;
}

/** Checks an exercise's type, and returns it as it is. */
export const exercise = (definition: Exercise): Exercise => definition;

/** The exercise of a factor. @throws UserError where it has none */
export async function exerciseOf(factor: number, repository: string): Promise<Exercise> {
  const path = join(exerciseFolder(factor), 'exercise.ts');
  if (!existsSync(join(repository, path))) {
    throw new UserError(`Factor ${factor} has no exercise: there is no ${path}.`);
  }
  const { exercise: found } = (await import(pathToFileURL(join(repository, path)).href)) as { exercise: Exercise };
  return found;
}

/** Where the files of an exercise are, from the repository's root. */
export const exerciseFolder = (factor: number): string => `workshop/${snapshotNumbered(factor).slug}/exercise`;
