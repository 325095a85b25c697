import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'How do you know that a service is attached, and not built in?',
    answers: [
      {
        text: 'There is an interface with one implementation for it.',
        because: 'An interface helps. But with the location in the code, another service is still another build.',
      },
      {
        text: 'Another one takes its place by a change of config, and the same code runs.',
        because: 'That is the factor: no distinction in the code, and the same asset hash.',
        isRight: true,
      },
      {
        text: 'It runs on another machine.',
        because: 'A service far away can be wired into the code as firmly as a constant.',
      },
    ],
  },
  {
    ask: 'On Lambda an attachment is a location and what else?',
    answers: [
      {
        text: 'A permission in the role of the function.',
        because: 'A connection string has both in one. Here one can come without the other, so one method gives both.',
        isRight: true,
      },
      {
        text: 'A password in a second variable.',
        because: 'AWS services know the function by its role, so there is no password to keep.',
      },
      {
        text: 'A physical name that both sides know.',
        because: 'A physical name exists once in an account and region, so the second deploy fails.',
      },
    ],
  },
  {
    ask: 'An editor writes a book in which one cookie costs nothing. What should the kitchen do?',
    answers: [
      {
        text: 'Bake the other eleven.',
        because: 'What else is wrong in a book with one mistake? And nobody would notice for a long time.',
      },
      {
        text: 'Trust it: the service belongs to the factory.',
        because: 'Attached means that somebody else writes there. The first free cookie is sold within a minute.',
      },
      {
        text: 'Refuse the book as a whole, with an error that names the fault.',
        because: 'The shape of the data is a contract. It is checked where the data comes in.',
        isRight: true,
      },
    ],
  },
]);
