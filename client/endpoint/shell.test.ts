import { expect, test } from 'vitest';
import { awsEnvironment } from './aws-environment.ts';
import { shellCommands } from './shell.ts';

const environment = {
  set: { ...awsEnvironment('http://127.0.0.1:4566', {}).set, AWS_ENDPOINT_URL: "http://x/it's" },
  unset: ['AWS_PROFILE'],
};

test.each([
  { shell: 'bash', unset: 'unset AWS_PROFILE', set: `export AWS_ENDPOINT_URL='http://x/it'\\''s'` },
  { shell: 'fish', unset: 'set -e AWS_PROFILE', set: `set -gx AWS_ENDPOINT_URL 'http://x/it\\'s'` },
  {
    shell: 'powershell',
    unset: 'Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue',
    set: `$env:AWS_ENDPOINT_URL = 'http://x/it''s'`,
  },
] as const)('$shell: first what has to go, then what has to be there, quoted', ({ shell, unset, set }) => {
  const lines = shellCommands(shell, environment).split('\n');
  expect(lines[0]).toBe(unset);
  expect(lines).toContain(set);
});
