import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Which of these may a process keep in its memory between two requests?',
    answers: [
      {
        text: 'The orders of the customers it serves, if the balancer is sticky.',
        because:
          'They are gone with the process. A sticky balancer hides that until the next deploy, or the next crash.',
      },
      {
        text: 'The recipes that it read from their store a moment ago.',
        because: 'That is a cache. To forget it costs a few milliseconds, and no customer notices.',
        isRight: true,
      },
      {
        text: 'How many orders it took, to be shown on /metrics.',
        because: 'Each process would show its own number, and each new one would start at zero.',
      },
    ],
  },
  {
    ask: 'Two processes may store an order under the same number at the same moment. What keeps the first one safe?',
    answers: [
      {
        text: 'To read whether the number is there, and to write only if it is not.',
        because:
          'Both may read before either writes. In one process with one thread it was safe; in a table it is a race.',
      },
      {
        text: 'A lock in the module that only one request may hold.',
        because: 'Each process has a module of its own, and so a lock of its own.',
      },
      {
        text: 'A condition in the write itself: attribute_not_exists.',
        because: 'The table decides, for one item, who came first, and the other is told that it did not.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'Orders in /tmp: what does that change?',
    answers: [
      {
        text: 'They outlive the request, and die with the environment.',
        because: 'It is memory with another name: one process’s own. No other environment sees it.',
        isRight: true,
      },
      {
        text: 'All environments of the function share them.',
        because: 'Each environment has a /tmp of its own. What they share is a backing service.',
      },
      {
        text: 'They outlive a deploy, because the disk is not code.',
        because: 'A deploy starts new environments, with an empty /tmp each.',
      },
    ],
  },
]);
