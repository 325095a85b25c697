import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Say in runtime.json what every process runs under. Have the stack read it (process-environment.ts), for every function; and have baking count days by it (house-calendar.ts), whatever machine it runs on.',
  minutes: 25,
  functions: ['ordering', 'baking', 'metrics'],
  standsFor: { 'runtime.json': 'functions/runtime/runtime.json' },
  // A domain that counts in UTC needs no calendar, as long as the house keeps to UTC.
  uses: ['house-calendar.ts'],
  answers: ['infra/constructs/runtime-profile.ts'],
  mistakes: {
    'only-the-clock': {
      what: 'The stack sets the time zone and forgets the language, so a laptop writes numbers otherwise.',
      missed: 'fingerprint',
    },
    'trusts-the-environment': {
      what: 'The functions run in UTC now, and the code still asks the machine what day it is.',
      missed: 'verdicts',
    },
    'hands-on': {
      what: 'The calendar of the house hands on what it is given, which is right as long as the house keeps to UTC.',
      missed: 'wrongDays',
    },
    'written-twice': {
      what: 'The values are in the stack as well, so a change of runtime.json reaches no function.',
      missed: 'oneFile',
    },
  },
});
