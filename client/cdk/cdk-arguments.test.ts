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

test.each([
  { args: ['deploy', 'Factor12/*'], stages: ['Factor12'] },
  {
    args: ['watch', 'Factor05/Prod', 'Factor06/*', 'Factor05/Dev', '--hotswap-fallback'],
    stages: ['Factor05', 'Factor06'],
  },
  { args: ['deploy', '**'], stages: undefined },
  { args: ['deploy', 'Factor12/*', 'Factor0*/*'], stages: undefined },
  { args: ['deploy', '--all'], stages: undefined },
  { args: ['synth', 'Factor12/*'], stages: undefined },
  { args: ['deploy', 'Factor12/*', '-c', 'stages=Factor11,Factor12'], stages: undefined },
  { args: ['deploy', 'Factor12/*', '--context=stages=Factor12'], stages: undefined },
  { args: ['deploy', 'Factor12/*', '--app', 'cdk.out'], stages: undefined },
  { args: ['deploy', 'Factor12/*', '--build', 'true'], stages: undefined },
])('the stages of $args are $stages', ({ args, stages }) => {
  expect(readCdkArguments(args).stages).toEqual(stages);
});

test.each([
  { args: ['deploy', 'Factor12/*'], isFullDeploy: true },
  { args: ['deploy', 'Factor12/*', '--hotswap=false'], isFullDeploy: true },
  { args: ['deploy', 'Factor12/*', '--hotswap'], isFullDeploy: false },
  { args: ['deploy', '--hotswap-fallback', 'Factor12/*'], isFullDeploy: false },
  { args: ['deploy', 'Factor12/*', '--no-execute'], isFullDeploy: false },
  { args: ['deploy', 'Factor12/*', '--method', 'prepare-change-set'], isFullDeploy: false },
  { args: ['deploy', 'Factor12/*', '--help'], isFullDeploy: false },
  { args: ['watch', 'Factor12/*'], isFullDeploy: false },
  { args: ['diff', 'Factor12/*'], isFullDeploy: false },
])('$args is a full deploy: $isFullDeploy', ({ args, isFullDeploy }) => {
  expect(readCdkArguments(args).isFullDeploy).toBe(isFullDeploy);
});
