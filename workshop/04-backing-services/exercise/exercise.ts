import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write what is left as TODO in recipe-parameter.ts. Then have ordering.ts bake from it, and stack.ts create the book and attach the kitchen to it.',
  minutes: 25,
  functions: ['ordering'],
  answers: ['functions/adapters/recipe-book-parameter.ts'],
  mistakes: {
    'name-in-source': {
      what: 'The parameter has a physical name, and the code knows it by heart.',
      missed: 'attached',
    },
    'two-books': {
      what: 'Orders are priced from the service, and GET /recipes still shows the book in the source.',
      missed: 'staleRecipes',
    },
    'read-once': {
      what: 'The book is read when the first order comes, and never again: an edit reaches no kitchen that is open.',
      missed: 'edited',
    },
    'reads-every-time': {
      what: 'The book is fetched for each order, and the service is asked as often as the customers are many.',
      missed: 'remembered',
    },
    'shape-not-checked': {
      what: 'The kitchen takes whatever is in the parameter for a recipe book.',
      missed: 'faultyRefused',
    },
  },
});
