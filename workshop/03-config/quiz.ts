import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'The supplier key must reach a Lambda function. What belongs in its environment?',
    answers: [
      {
        text: 'The key, encrypted at rest by Lambda.',
        because: 'Lambda decrypts it for everyone who may call GetFunctionConfiguration or open the console.',
      },
      {
        text: 'The ARN of a secret that the role of the function may read.',
        because: 'It opens no door by itself, and rotating the key then takes no deploy.',
        isRight: true,
      },
      {
        text: '{{resolve:secretsmanager:...}}, so that the template has no secret in it.',
        because: 'CloudFormation resolves it when it deploys, so the deployed variable holds the key.',
      },
    ],
  },
  {
    ask: 'Which of these is config, as the factor means it?',
    answers: [
      {
        text: 'The routes of the HTTP API.',
        because: 'They are the same in every deploy, so they are code.',
      },
      {
        text: 'Which class implements the order store.',
        because: 'Wiring is the same in every deploy. The twelve factors leave it in the code.',
      },
      {
        text: 'How long a baked order is kept: an hour in Dev, a day in Prod.',
        because: 'It differs between deploys of the same code. That is the definition.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'OVEN_TIME_PARAMETER is not set in one deploy. What should the function do?',
    answers: [
      {
        text: 'Fail at start, with the name of the variable.',
        because: 'The deploy shows it in the first second, and the message says what to set.',
        isRight: true,
      },
      {
        text: 'Bake for 20 ms, which is right nearly everywhere.',
        because: 'A silent default hides the mistake in the one deploy where it is wrong.',
      },
      {
        text: 'Look at its own name to find out which deploy it is in.',
        because: 'Then the code knows every deploy there is, and each new one is a change of code.',
      },
    ],
  },
]);
