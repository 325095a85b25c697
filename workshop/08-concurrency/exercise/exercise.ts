import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write the TODOs of bake-batch.ts, baking.ts and bake-line.ts. Then have ordering.ts put orders on the queue in place of baking them, and stack.ts deploy both process types, with the output BakingFunction.',
  minutes: 40,
  functions: ['ordering', 'metrics', 'baking'],
  answers: [
    'functions/baking/bake-batch.ts',
    'functions/baking/handler.ts',
    'infra/constructs/bake-queue.ts',
    'infra/constructs/baking.ts',
    'infra/constructs/ordering.ts',
    'workshop/smells/infra/endless-queue.ts',
  ],
  mistakes: {
    'await-in-a-loop': {
      what: 'Baking is a process type of its own, and its cookies still go into the oven one after another.',
      missed: 'atOnce',
    },
    'no-bound': {
      what: 'All cookies of a batch are waited for at once, however many there are.',
      missed: 'bounded',
    },
    'waits-for-the-oven': {
      what: 'Ordering puts the order on the queue, and answers when it is baked.',
      missed: 'answeredFirst',
    },
    'reserved-concurrency': {
      what: 'Reserved concurrency caps the function that bakes, and the pollers of the queue do not know of it.',
      missed: 'ordersAtOnce',
    },
  },
});
