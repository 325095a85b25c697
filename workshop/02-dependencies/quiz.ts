import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'package.json names a package with ^1.0.0, and there is no lock file. What is wrong?',
    answers: [
      {
        text: 'Two builds of the same commit may have different packages in them.',
        because: 'The newest 1.x on the day of the build is taken. A lock file says which one it is.',
        isRight: true,
      },
      {
        text: 'Nothing: it is declared.',
        because: 'It says that some version is needed, and leaves open which one.',
      },
      {
        text: 'npm refuses to install it.',
        because: 'npm install takes it happily. Only npm ci asks for a lock file.',
      },
    ],
  },
  {
    ask: 'The Node runtime of Lambda brings an AWS SDK. Why does this repository bundle its own?',
    answers: [
      {
        text: 'The one of the runtime is too slow to import.',
        because: 'A bundle is often faster to load, but that is not what this factor is about.',
      },
      {
        text: 'AWS updates the one of the runtime on a day of its own choosing.',
        because: 'It is implicit and not locked. What is declared and bundled stays what was tested.',
        isRight: true,
      },
      {
        text: 'The runtime has only version 2 of the SDK.',
        because: 'Node runtimes since 18 bring version 3. That it is there is what tempts people.',
      },
    ],
  },
  {
    ask: 'How do you find out whether a program needs something that it does not declare?',
    answers: [
      {
        text: 'Run all tests on the machine of whoever wrote it.',
        because: 'That machine has everything that was ever installed there. The tests pass.',
      },
      {
        text: 'Read the imports, and look for each in node_modules.',
        because: 'node_modules also has packages of packages, and what is for development alone.',
      },
      {
        text: 'Start it where only what it declares is installed.',
        because: 'In a clean room what is missing is missing, and Node says its name.',
        isRight: true,
      },
    ],
  },
]);
