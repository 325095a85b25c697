import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Does an ordinary Lambda function keep this factor to the letter?',
    answers: [
      {
        text: 'Yes: its function URL is the port that it binds.',
        because:
          'The URL and its port are Lambda’s. The function’s process asks Lambda for events, and listens nowhere.',
      },
      {
        text: 'No, but it can keep what the factor is for.',
        because: 'It is complete in itself, is found at a URL that is config, and can also be started as a server.',
        isRight: true,
      },
      {
        text: 'No, and so the factor says nothing to you on Lambda.',
        because:
          'What fails, scales and is deployed together is still yours to decide, and that is what the factor is for.',
      },
    ],
  },
  {
    ask: 'Eight screens read /metrics of a function with four environments, and each request is held for two seconds. Who notices?',
    answers: [
      {
        text: 'Nobody: a page of numbers costs next to no CPU.',
        because: 'An environment serves one request at a time. Held is held, whether it computes or waits.',
      },
      {
        text: 'The screens, which have to wait in line.',
        because: 'They are the ones that are served. There is no line: what does not fit is refused with a 429.',
      },
      {
        text: 'Customers, whose orders are refused.',
        because: 'The page of numbers and the orders share the same environments, and the screens hold all of them.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'You moved the numbers to another path of the same function, and gave it a second domain name. What have you gained?',
    answers: [
      {
        text: 'Nothing that a busy hour would notice.',
        because: 'What is one function fails together and scales together. A service has processes of its own.',
        isRight: true,
      },
      {
        text: 'The numbers can now fail alone.',
        because: 'To end the processes behind one name ends those behind the other: they are the same.',
      },
      {
        text: 'The numbers have a role of their own.',
        because: 'A role belongs to a function, and there is still one.',
      },
    ],
  },
]);
