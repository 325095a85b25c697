import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAsSomebody } from '../infra/somebodys-account.fixture.ts';
import { appOverPlaceholders } from '../infra/synthesis.fixture.ts';

const script = join(import.meta.dirname, 'cdk.ts');
const { directory } = appOverPlaceholders().synth();
const deploy = ['deploy', 'Factor12/*', '--app', directory, '--exclusively'];

test('--aws names account, region and stacks, and does nothing where nobody can agree', async () => {
  const { code, stderr, atAws } = await runAsSomebody([script, '--aws', ...deploy], {
    env: { AWS_ENDPOINT_URL: 'ENDPOINT' },
  });
  expect(stderr).toContain('AWS account 111122223333, region eu-central-1, as arn:aws:iam::111122223333:user/somebody');
  expect(stderr).toMatch(/^cdk deploy:\n {2}Factor12\/Prod \(Factor12-Prod\)$/m);
  expect(stderr).toContain('If you mean it, add --yes.');
  expect(code).toBe(1);
  expect(new Set(atAws)).toEqual(new Set(['sts.eu-central-1.amazonaws.com GetCallerIdentity']));
});

test.each([
  { where: 'before the command', args: ['--aws', '--yes', ...deploy] },
  { where: 'behind it', args: ['--aws', ...deploy, '--yes'] },
])('--yes, $where, agrees: then AWS is reached', async ({ args }) => {
  const { atAws } = await runAsSomebody([script, ...args]);
  expect(atAws).toContain('sts.eu-central-1.amazonaws.com AssumeRole');
});

test('credentials that AWS does not know are told in one line', async () => {
  const { code, stderr, atAws } = await runAsSomebody([script, '--aws', 'deploy'], {
    env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
  });
  expect(stderr).toMatch(/AWS does not say whose credentials these are: .*open another\.\n$/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  expect(atAws).toEqual([]);
});

test.each([
  { when: 'the endpoint is a host of AWS', env: { AWS_ENDPOINT_URL: 'https://sts.eu-central-1.amazonaws.com' } },
  { when: 'nothing serves', env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } },
])('without --aws it asks nothing of AWS, also where $when', async ({ env }) => {
  const { code, stderr, atAws } = await runAsSomebody([script, ...deploy], { env });
  expect(stderr).toMatch(/AWS_ENDPOINT_URL is a host of AWS itself|Nothing answers at/);
  expect(code).toBe(1);
  expect(atAws).toEqual([]);
});
