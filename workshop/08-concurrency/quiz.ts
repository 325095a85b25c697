import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Two customers order, one order after another each, from a kitchen that bakes before it answers. You raise its cap from 2 processes to 8. What changes?',
    answers: [
      {
        text: 'It bakes four times as much.',
        because: 'Each oven needs a customer who waits in front of it, and there are two of them.',
      },
      {
        text: 'Nothing: two processes have an order, and six have none.',
        because:
          'Where who takes an order also bakes it, the customers at the counter decide how much is baked. With eight customers at a time, the higher cap does bake more.',
        isRight: true,
      },
      {
        text: 'The orders are answered four times as fast.',
        because: 'An order still takes as long as its own cookies do, one after another.',
      },
    ],
  },
  {
    ask: 'Your baking function needs a limit of ten at a time. Where do you set it?',
    answers: [
      {
        text: 'As reserved concurrency of the function.',
        because:
          'The pollers of the queue do not know of it. They fetch batches that Lambda then throttles, and each such try counts towards the dead-letter queue.',
      },
      {
        text: 'As the batch size of the event source mapping.',
        because: 'It says how many messages one process is handed, not how many processes there are.',
      },
      {
        text: 'As the maximum concurrency of the event source mapping.',
        because: 'Then the pollers fetch no more than may be worked on, and the rest stays on the queue.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'A function signs 2,000 vouchers, which takes a second of CPU. You wrap each in an async function and await Promise.all. How long does it take now?',
    answers: [
      {
        text: 'About a second.',
        because:
          'One thread computes, whatever waits beside it. For work that computes, only more CPU helps: more memory, more processes, or threads.',
        isRight: true,
      },
      {
        text: 'A fraction of it, because they run at the same time.',
        because: 'Async waits at the same time. It does not compute at the same time.',
      },
      {
        text: 'Longer, because 2,000 promises are slow.',
        because: 'Promises cost microseconds. The second is in the signatures.',
      },
    ],
  },
]);
