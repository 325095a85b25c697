import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'A function returns batchItemFailures with one message id. Its event source does not have ReportBatchItemFailures. What happens?',
    answers: [
      {
        text: 'Lambda ignores the answer, and deletes all messages of the batch.',
        because: 'The invocation did not fail, so Lambda takes the batch for done. The failed message is lost.',
        isRight: true,
      },
      {
        text: 'The failed message comes back alone.',
        because: 'Only an event source that is told to read the answer does that.',
      },
      {
        text: 'The whole batch comes back.',
        because: 'It would if the function had thrown. It ended well, and its answer is not read.',
      },
    ],
  },
  {
    ask: 'Which of these makes sure that a bake is recorded once?',
    answers: [
      {
        text: 'A FIFO queue.',
        because:
          'It drops what is sent twice within five minutes. What is not deleted in time it delivers again, like any queue.',
      },
      {
        text: 'Reading the order first, and writing where it still is RECEIVED.',
        because: 'Another process can write between the read and the write.',
      },
      {
        text: 'A condition that is part of the write.',
        because: 'The table checks and writes in one step, so that of any number of writers one gets through.',
        isRight: true,
      },
      {
        text: 'A visibility timeout that is long enough.',
        because: 'It makes a second delivery rare. SQS promises at least once, and never at most once.',
      },
    ],
  },
  {
    ask: 'An order is stored, and then the queue cannot be reached. What does ordering answer?',
    answers: [
      {
        text: '503, so that the customer orders again.',
        because: 'The order is stored. With the second one the customer has two, unless there is an idempotency key.',
      },
      {
        text: '202, because a sweep will find the order and queue it.',
        because: 'Stored is accepted. The order says that it is not queued, and the sweep looks for just that.',
        isRight: true,
      },
      {
        text: '202, and a line in the log for somebody to read.',
        because: 'The log is not a queue: nothing reads it and bakes.',
      },
    ],
  },
]);
