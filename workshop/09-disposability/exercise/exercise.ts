import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'First sitting: write what is left as TODO in batch.ts, bake-records.ts and bake-queue.ts, and have baking.ts and stack.ts use it. Second sitting: keep no thermograms, and have ordering.ts say which orders are queued and put the others back.',
  minutes: 40,
  functions: ['ordering', 'baking', 'metrics'],
  answers: [
    'functions/runtime/queue-function.ts',
    'functions/adapters/dynamodb-bake-records.ts',
    'functions/ordering/place-order.ts',
    'infra/constructs/bake-queue.ts',
  ],
  mistakes: {
    'unread-answer': {
      what: 'Baking says which messages failed, and the event source does not read it: Lambda deletes them with the others.',
      missed: 'deadLetter',
    },
    'out-of-time': {
      what: 'Nothing is stopped before the function’s time is up, so the whole batch is done again.',
      missed: 'stopsInTime',
    },
    'no-condition': {
      what: 'A bake is written whatever is there, so a message that comes twice is recorded twice.',
      missed: 'deliveredTwice',
    },
    'looks-first': {
      what: 'A bake is written once a look has shown that the order waits for it; another process writes in between.',
      missed: 'twoAtATime',
    },
    'marked-before-sent': {
      what: 'An order is marked as queued before it is sent, so that one which never got there is not looked for.',
      missed: 'forgotten',
    },
  },
});
