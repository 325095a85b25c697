import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'A release fails its smoke test. What must be true afterwards?',
    answers: [
      {
        text: 'The release before it was rolled back to.',
        because: 'There is nothing to go back from: what runs must not have changed at all.',
      },
      {
        text: 'What ran still runs, and the ledger has no new release.',
        because:
          'A version was published and tried beside what runs. It failed, so it got no number, and nothing points at it.',
        isRight: true,
      },
      {
        text: 'No customer has noticed for longer than a minute.',
        because: 'No customer may notice at all. Only the third phase is one that customers can see.',
      },
    ],
  },
  {
    ask: 'You roll back to the release before. What comes back with the code?',
    answers: [
      {
        text: 'Its environment variables.',
        because: 'They are frozen in the function version: code and config go together, and so do they go back.',
        isRight: true,
      },
      {
        text: 'The value of the secret as it was then.',
        because: 'The version holds where the secret is, and not what is in it. Its value is whatever it is now.',
      },
      {
        text: 'The table as it was then.',
        because: 'Data does not go back. The older code must be able to live with what the newer one wrote.',
      },
    ],
  },
  {
    ask: 'Dev has been tested, and Prod is next. What do you do?',
    answers: [
      {
        text: 'Build the same commit again, with the settings of Prod.',
        because: 'Then Prod runs something that nobody has tested. A build has no settings; a release adds them.',
      },
      {
        text: 'Release the build that was tested, with the config of Prod.',
        because: 'One artifact, two releases: the same code with the config of each deploy.',
        isRight: true,
      },
      {
        text: 'Copy what runs in Dev to Prod.',
        because: 'What runs in Dev has the config of Dev frozen in it.',
      },
    ],
  },
]);
