import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Make one codebase of dev/ and prod/: write ordering.ts and recipes.ts, and what is left as TODO in settings.ts and stack.ts. Then delete both copies.',
  minutes: 25,
  functions: ['ordering', 'dev/ordering', 'prod/ordering'],
  removes: ['dev', 'prod'],
  answers: ['workshop/smells/recipes-in-source.ts', 'workshop/smells/settings-in-source.ts'],
  mistakes: {
    'recipe-by-deploy': {
      what: 'There is one codebase, and it asks in which deploy it runs to choose a recipe.',
      missed: 'recipesThatDiffer',
    },
    'memory-left': {
      what: 'The code is one, and the infrastructure still gives Dev more memory.',
      missed: 'templatesDiffer',
    },
    'prod-for-both': {
      what: 'Prod’s copy is deployed to both, and so Dev signs with the key of Prod.',
      missed: 'ownKeys',
    },
  },
});
