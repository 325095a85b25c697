import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Declare the package sprinkles in the package.json of this folder, and have npm lock it. Then write what is left as TODO in prices.ts, and have ordering.ts use it.',
  minutes: 15,
  functions: ['ordering'],
  // What snapshot 1 prices with stays where it is, and finds nothing that is declared here.
  answers: [],
  // Without it the prices are right as well: that is how the repository went. This exercise is about the other way.
  uses: ['prices.ts', 'sprinkles'],
  mistakes: {
    'not-locked': {
      what: 'The package is declared by hand, and the lock file does not know of it.',
      missed: 'unlocked',
    },
    'development-dependency': {
      what: 'The package is declared for development, so it is there wherever one looks, and missing in production.',
      missed: 'serves',
    },
    'optional-import': {
      what: 'Where the package is missing, prices are not rounded, so that it starts everywhere.',
      missed: 'samePrice',
    },
  },
});
