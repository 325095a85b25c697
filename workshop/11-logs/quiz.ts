import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Which line can a query answer questions from?',
    answers: [
      {
        text: 'Baked order 17 in 20 ms for Wilhelmina',
        because:
          'A sentence has to be taken apart by a pattern that breaks with the next wording. And it names the customer.',
      },
      {
        text: '{"message":"OrderBaked","orderId":"17","bakeMs":20}',
        because: 'Each fact is a member with a name, so a filter finds the order and a query adds up the time.',
        isRight: true,
      },
      {
        text: '{"message":"Baked order 17 in 20 ms"}',
        because: 'It is JSON, and the facts are still in a sentence.',
      },
    ],
  },
  {
    ask: 'An execution environment of Lambda ends. What of its log is left?',
    answers: [
      {
        text: 'What it wrote to /tmp, for some hours.',
        because: '/tmp ends with its environment, at once.',
      },
      {
        text: 'Nothing, unless an extension sends it away.',
        because: 'Lambda collects stdout by itself. An extension is for other places.',
      },
      {
        text: 'What it wrote to stdout, in its log group.',
        because: 'The platform took the lines while it ran, and keeps them for as long as the group is told to.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'A subscription delivers the same line twice. What makes it count once?',
    answers: [
      {
        text: 'It is kept under the id of its event.',
        because: 'The second delivery writes the same item once more, and there is still one.',
        isRight: true,
      },
      {
        text: 'CloudWatch Logs removes duplicates.',
        because: 'It delivers at least once, and may deliver again what was taken already.',
      },
      {
        text: 'Analytics remembers in memory which lines it has seen.',
        because: 'The second delivery may reach another environment, and the first may be gone (factor 6).',
      },
    ],
  },
]);
