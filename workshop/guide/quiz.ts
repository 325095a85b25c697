import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../terminal/command-line.ts';
import { snapshotNumbered } from '../snapshots.ts';

/** A possible answer, and what is to be said to whoever gives it. */
export interface Answer {
  readonly text: string;
  /** Why it is right or wrong, in a sentence or two. */
  readonly because: string;
  /** @default false */
  readonly isRight?: true;
}

/** One of three at the end of a lesson. One answer is right. */
export interface Question {
  readonly ask: string;
  readonly answers: readonly Answer[];
}

/** Checks the type of the questions of a lesson: `workshop/NN-slug/quiz.ts` exports them as `quiz`. */
export const quiz = (questions: readonly Question[]): readonly Question[] => questions;

/** The questions of a factor's lesson. @throws UserError where it has none */
export async function quizOf(factor: number, repository: string): Promise<readonly Question[]> {
  const path = `workshop/${snapshotNumbered(factor).slug}/quiz.ts`;
  if (!existsSync(join(repository, path))) {
    throw new UserError(`Factor ${factor} has no quiz: there is no ${path}.`);
  }
  const { quiz: found } = (await import(pathToFileURL(join(repository, path)).href)) as { quiz: readonly Question[] };
  return found;
}
