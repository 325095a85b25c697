import { createInterface } from 'node:readline/promises';
import { UserError } from '../../terminal/command-line.ts';
import type { Paint } from '../../terminal/paint.ts';
import type { Question } from './quiz.ts';

export interface AskOptions {
  /** Where answers come from, a line each. */
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly paint: Paint;
  readonly signal: AbortSignal;
}

/**
 * Asks the questions of a lesson one by one, and says of each answer why it is right or wrong. Returns how many were right.
 * @throws UserError where the input ends before the last answer
 */
export async function askQuiz(questions: readonly Question[], options: AskOptions): Promise<number> {
  const { input, output, paint, signal } = options;
  const lines = createInterface({ input, signal })[Symbol.asyncIterator]();
  const say = (text: string) => output.write(`${text}\n`);
  let right = 0;
  for (const [i, { ask, answers }] of questions.entries()) {
    say(`\n${paint('bold', `${i + 1} of ${questions.length}: ${ask}`)}`);
    for (const [n, { text }] of answers.entries()) {
      say(`  ${n + 1}  ${text}`);
    }
    let chosen: Question['answers'][number] | undefined;
    while (!chosen) {
      output.write(`1 to ${answers.length}: `);
      const { value, done } = await lines.next();
      if (done) {
        signal.throwIfAborted();
        throw new UserError('The quiz ended before its last answer: type a number for each question.');
      }
      chosen = answers[Number(value.trim()) - 1];
    }
    right += chosen.isRight ? 1 : 0;
    say(`${chosen.isRight ? paint('green', 'Right.') : paint('red', 'No.')} ${chosen.because}`);
    const better = answers.find(({ isRight }) => isRight);
    if (!chosen.isRight && better) {
      say(`It is: ${better.text} ${better.because}`);
    }
  }
  return right;
}
