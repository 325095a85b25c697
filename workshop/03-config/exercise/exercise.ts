import { exercise as define } from '../../guide/exercise.ts';

export const exercise = define({
  task: 'Write what is left as TODO in oven-time-setting.ts (the code) and oven-time.ts (the construct). Then have ordering.ts and stack.ts use both, and the supplier key from Secrets Manager.',
  minutes: 30,
  functions: ['ordering'],
  answers: ['functions/adapters/oven-time-parameter.ts', 'infra/constructs/oven-time.ts'],
  mistakes: {
    'key-in-environment': {
      what: 'The key is in an environment variable, where everyone who may see the function can read it.',
      missed: 'hits',
    },
    'location-without-grant': {
      what: 'The environment says where the oven time is, and the role may not read it.',
      missed: 'notGranted',
    },
    'oven-time-in-environment': {
      what: 'The oven time itself is in the environment, so that changing it is a release.',
      missed: 'ovenReleases',
    },
  },
});
