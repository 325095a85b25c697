import { quiz as define } from '../guide/quiz.ts';

export const quiz = define([
  {
    ask: 'Dev runs a newer version than Prod. Is that against the factor?',
    answers: [
      {
        text: 'Yes: all deploys must run the same commit.',
        because: 'Then nothing could be tried anywhere. The factor asks for one codebase, and not for one version.',
      },
      {
        text: 'No: deploys may run different versions of one codebase.',
        because: 'Prod gets the same commit later. What must not be is a second codebase.',
        isRight: true,
      },
      {
        text: 'Only if both are in the same account.',
        because: 'Where a deploy is does not matter to what it is made of.',
      },
    ],
  },
  {
    ask: 'A team keeps a long-lived branch for each environment. What is it, by this factor?',
    answers: [
      {
        text: 'One codebase, because it is one repository.',
        because: 'The branches drift apart as the folders dev/ and prod/ did. Git only hides it better.',
      },
      {
        text: 'Fine, as long as changes are merged in one direction.',
        because: 'A quick fix in the branch of Prod is all it takes, and that day comes.',
      },
      {
        text: 'Copies of the codebase, with a merge tool.',
        because: 'Each environment has source of its own. A difference between them no longer means anything.',
        isRight: true,
      },
    ],
  },
  {
    ask: 'Two apps need the same pricing code. What now?',
    answers: [
      {
        text: 'Make it a package with a version, on which both depend.',
        because: 'Two apps are two codebases, and share code as a dependency. That is factor 2.',
        isRight: true,
      },
      {
        text: 'Put both apps into one codebase.',
        because: 'One codebase is for one app. A repository may hold several, and each is deployed by itself.',
      },
      {
        text: 'Copy it. It is small.',
        because: 'Snapshot 0 began like that: two prices for one cookie, and nobody knows which one is meant.',
      },
    ],
  },
]);
