import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { plain } from '../../terminal/paint.ts';
import { snapshots } from '../snapshots.ts';
import { askQuiz } from './ask-quiz.ts';
import { quizOf } from './quiz.ts';

const repository = join(import.meta.dirname, '..', '..');
const { signal } = new AbortController();

describe.each(snapshots.slice(1))('the quiz of factor $number', ({ number, slug }) => {
  test('has three questions with one right answer each, and a reason for every answer', async () => {
    expect(existsSync(join(repository, 'workshop', slug, 'quiz.ts'))).toBe(true);
    const questions = await quizOf(number, repository);
    expect(questions).toHaveLength(3);
    for (const { answers } of questions) {
      expect(answers.length).toBeGreaterThanOrEqual(3);
      expect(answers.filter(({ isRight }) => isRight)).toHaveLength(1);
      expect(answers.every(({ because }) => because.length > 20)).toBe(true);
      expect(new Set(answers.map((answer) => answer.text)).size).toBe(answers.length);
    }
  });
});

test('the right answer is not always at the same place', async () => {
  const all = (await Promise.all(snapshots.slice(1).map(({ number }) => quizOf(number, repository)))).flat();
  const places = all.map(({ answers }) => answers.findIndex(({ isRight }) => isRight));
  for (const place of [0, 1, 2]) {
    expect(places.filter((one) => one === place).length).toBeLessThan(places.length / 2);
  }
});

const questions = [
  {
    ask: 'Where does an order live?',
    answers: [
      { text: 'In the process.', because: 'A process may end.' },
      { text: 'In the table.', because: 'The table outlives them all.', isRight: true },
    ],
  },
] as const;

async function ask(typed: string): Promise<{ right: number; printed: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(typed);
  const right = await askQuiz(questions, { input, output, paint: plain, signal });
  output.end();
  return { right, printed: await text(output) };
}

test.each([
  { typed: '2\n', right: 1, says: ['Right. The table outlives them all.'] },
  { typed: '1\n', right: 0, says: ['No. A process may end.', 'It is: In the table. The table outlives them all.'] },
  { typed: 'x\n7\n\n2\n', right: 1, says: ['1 to 2: 1 to 2: 1 to 2: 1 to 2: Right.'] },
])('the answer $typed counts $right', async ({ typed, right, says }) => {
  const asked = await ask(typed);
  expect(asked.right).toBe(right);
  for (const line of says) {
    expect(asked.printed).toContain(line);
  }
});

test('an input that ends is no answer', async () => {
  await expect(ask('')).rejects.toThrow('The quiz ended before its last answer');
});
