import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write the two methods of order-table-store.ts that are left as TODO; then have ordering.ts keep its orders there, and stack.ts give it the table.',
  minutes: 25,
  functions: ['ordering'],
  answers: ['functions/adapters/dynamodb-order-store.ts'],
  mistakes: {
    'orders-in-tmp': {
      what: 'The orders are in a file in /tmp, which outlives a request and is still one process’s own.',
      missed: 'readable',
    },
    'counter-in-memory': {
      what: 'The orders are in the table, and the counter is still in memory.',
      missed: 'counted',
    },
    'no-condition': {
      what: 'An order is written whether or not there is one with its number.',
      missed: 'firstKept',
    },
    'looks-first': {
      what: 'Whether there is an order with the number is asked first, and the order written then.',
      missed: 'firstKept',
    },
    'table-after-bake': {
      what: 'The answer does not wait until the order is in the table.',
      missed: 'counted',
    },
  },
});
