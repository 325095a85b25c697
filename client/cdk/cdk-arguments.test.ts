import { expect, test } from 'vitest';
import { readCdkArguments } from './cdk-arguments.ts';

test.each([
  {
    args: ['deploy', 'Factor12/*', '--profile', 'work', '-c', 'stages=Factor12'],
    read: { command: 'deploy', selectors: ['Factor12/*'], profile: 'work', isLocal: false, isYes: false },
  },
  {
    args: ['--profile=work', 'destroy', '--force', 'Factor11/*', 'Factor12/*', '-y'],
    read: { command: 'destroy', selectors: ['Factor11/*', 'Factor12/*'], profile: 'work', isYes: true },
  },
  { args: ['deploy', '-a', 'cdk.out', '**'], read: { selectors: ['**'], app: ['--app', 'cdk.out', '--build', ''] } },
  { args: ['synth', 'Factor12/*'], read: { command: 'synth', isLocal: true } },
  { args: ['deploy', '--help'], read: { command: 'deploy', isLocal: true } },
  { args: ['--version'], read: { command: undefined, isLocal: true } },
  { args: ['a-new-command'], read: { isLocal: false } },
])('$args', ({ args, read }) => {
  expect(readCdkArguments(args)).toMatchObject(read);
});
