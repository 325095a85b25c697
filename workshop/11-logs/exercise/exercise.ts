import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write what is left as TODO in event-log.ts (events as lines on stdout), log-analytics.ts (the subscription in CDK) and analytics.ts (what reads it). Then have ordering, baking, metrics and the stack use it.',
  minutes: 40,
  functions: ['ordering', 'baking', 'metrics', 'analytics'],
  answers: [
    'functions/runtime/telemetry.ts',
    'functions/runtime/journal.ts',
    'functions/runtime/logs-function.ts',
    'functions/analytics/handler.ts',
    'functions/analytics/note-bakes.ts',
    'functions/baking/handler.ts',
    'functions/metrics/handler.ts',
    'functions/ordering/handler.ts',
    'infra/constructs/analytics.ts',
  ],
  mistakes: {
    sentences: {
      what: 'The log has sentences for eyes, and no query finds an order in them.',
      missed: 'retrievable',
    },
    'counted-again': {
      what: 'Each line gets a new id when it is kept, so that one which is delivered twice counts twice.',
      missed: 'twice',
    },
    'customer-in-the-log': {
      what: 'The whole request is in the log, with the name of the customer.',
      missed: 'names',
    },
  },
});
