import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Cleaning up is a route of ordering, behind a secret header. What is still wrong?',
    answers: [
      {
        text: 'Nothing: nobody but the operator knows the header.',
        because:
          'The header is in every shell history and every log of requests, and the shop can still delete orders.',
      },
      {
        text: 'The role of ordering still has the rights of cleaning up.',
        because: 'Whoever finds a hole in the shop may delete orders, with the header or without it.',
        isRight: true,
      },
      {
        text: 'The header should be in Secrets Manager.',
        because: 'That keeps the header. It does not take the rights away from the shop.',
      },
    ],
  },
  {
    ask: 'A one-off cannot reach the table. What must it do?',
    answers: [
      {
        text: 'Write the error to its log, and exit with 0, because it did end.',
        because: 'Whoever started it reads the exit code, and takes the work for done.',
      },
      {
        text: 'Try again until it can.',
        because: 'A process that never ends tells nobody anything. Its scheduler can start it again.',
      },
      {
        text: 'Say why on stderr, and exit with another code than 0.',
        because: 'The exit code stops a pipeline and sets off an alarm; the line says where to look.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'Why is the code of an admin process part of the release that it works for?',
    answers: [
      {
        text: 'Because both must have the same idea of what is in the table.',
        because: 'Yesterday’s rules on today’s orders remove what is not meant. The report names its release.',
        isRight: true,
      },
      {
        text: 'Because it is deployed faster that way.',
        because: 'It makes the deploy a little longer. That is not what it is for.',
      },
      {
        text: 'Because Lambda bills by release.',
        because: 'Lambda bills by request and by GB-second.',
      },
    ],
  },
]);
