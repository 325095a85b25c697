import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Every function runs with TZ=UTC, and so do your tests. What do the tests prove about new Date().getDate()?',
    answers: [
      {
        text: 'That the code is right in every time zone.',
        because: 'They never saw another one. The first laptop abroad will.',
      },
      {
        text: 'That nothing can go wrong on Lambda either.',
        because: 'Only as long as nobody sets TZ there. The code still takes what it gets.',
      },
      {
        text: 'That the tests run under UTC.',
        because: 'The code asks the machine, and the machine of the tests says UTC. Name the zone in the code.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'Where should the time zone of the factory be written?',
    answers: [
      {
        text: 'In one file that the stack, the image, CI and the code read.',
        because: 'A change of it reaches all of them, and a test can hold them together.',
        isRight: true,
      },
      {
        text: 'On the one function that needs it.',
        because: 'Then this function differs from all others, and the next one that needs it is forgotten.',
      },
      {
        text: 'In the README, for everybody to set it.',
        because: 'What people must remember differs from machine to machine.',
      },
    ],
  },
  {
    ask: 'The team moves to a container image for local work. Which difference is left?',
    answers: [
      {
        text: 'The version of Node.',
        because: 'The image has the one that Lambda has, if it is built from the same base.',
      },
      {
        text: 'What the code takes from the settings it happens to meet.',
        because: 'The image makes machines alike. Code that asks the machine is still wrong wherever one is not.',
        isRight: true,
      },
      {
        text: 'The C library and the time zone data.',
        because: 'Those come with the image: that is what it is good for.',
      },
    ],
  },
]);
