import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write cleaning up as a process of its own: what is left as TODO in main.ts (the one-off), cleanup.ts (the function) and cleanup-process.ts (its role and its schedule). Then take the route out of ordering.ts, and its rights out of stack.ts.',
  minutes: 35,
  functions: ['ordering', 'cleanup'],
  finished: ['baking', 'metrics', 'analytics'],
  standsFor: { 'main.ts': 'functions/cleanup/main.ts' },
  answers: [
    'functions/cleanup/main.ts',
    'functions/cleanup/handler.ts',
    'functions/ordering/handler.ts',
    'infra/constructs/cleanup.ts',
    'infra/cookie-factory.ts',
  ],
  mistakes: {
    'header-on-the-route': {
      what: 'The route is still there, and asks for a header: the shop keeps the rights, and the header is the key.',
      missed: 'door',
    },
    'administrators-rights': {
      what: 'Cleanup may do anything with the table, because it is only an admin task.',
      missed: 'ownRole',
    },
    'always-zero': {
      what: 'The one-off catches its error, writes it down and exits with 0, so that whoever started it takes it for done.',
      missed: 'failure',
    },
  },
});
