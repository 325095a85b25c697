import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write the TODO of release.ts, the second of the three phases. Then have stack.ts publish a version with each deploy: a Kitchen, which knows its release, in place of the UnreleasedKitchen.',
  minutes: 30,
  functions: ['ordering'],
  standsFor: { 'release.ts': 'pipeline/release.ts', 'smoke-test.ts': 'pipeline/smoke-test.ts' },
  answers: ['pipeline/release.ts'],
  mistakes: {
    'deploys-over-what-runs': {
      what: 'The deploy holds nothing in its place, so that what is deployed runs before it was tried.',
      missed: 'failedPosts',
    },
    'number-before-the-test': {
      what: 'The release has its number before anybody tried it.',
      missed: 'numbersSpent',
    },
    'tests-what-runs': {
      what: 'The smoke test asks what runs, and not what is about to.',
      missed: 'foundOut',
    },
  },
});
