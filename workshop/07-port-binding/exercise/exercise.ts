import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write the TODOs of metrics.ts and metrics-service.ts. Then take the page of the numbers off ordering.ts, and have stack.ts deploy the new service, with the outputs MetricsUrl and MetricsFunction.',
  minutes: 25,
  functions: ['ordering', 'metrics', 'menu'],
  answers: [
    'functions/metrics/handler.ts',
    'functions/metrics/server.ts',
    'infra/constructs/metrics.ts',
    'workshop/smells/infra/order-count.ts',
  ],
  mistakes: {
    'page-left-on-the-shop': {
      what: 'The numbers have a service, and the shop still answers them, too.',
      missed: 'publicMetrics',
    },
    'another-name': {
      what: 'The numbers have a URL, and behind it is the function that takes the orders.',
      missed: 'refused',
    },
    'one-program-twice': {
      what: 'The same program is deployed twice, and each of both answers everything.',
      missed: 'apart',
    },
  },
});
