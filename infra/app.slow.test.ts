import { expect, test } from 'vitest';
import { pinToLocalAccount } from './local-account.ts';
import { type Outcome, type Run, runAppAsSomebody, runCdkAsSomebody } from './somebodys-account.fixture.ts';
import { appOverPlaceholders } from './synthesis.fixture.ts';

const assembly = appOverPlaceholders().synth();
pinToLocalAccount(assembly);

const local = { AWS_ENDPOINT_URL: 'ENDPOINT' };
const onlyWhose = /^sts\.[a-z0-9-]+\.amazonaws\.com GetCallerIdentity$/;

/** Ways to reach AWS by accident that the app sees by what the CDK CLI hands it: it refuses, and AWS was asked at most whose the credentials are. */
const seenThroughCli: readonly (Run & { readonly when: string; readonly args?: readonly string[] })[] = [
  { when: 'nothing is set', args: ['deploy', '**'] },
  { when: 'nothing is set', args: ['destroy', '**', '--force'] },
  { when: 'nothing is set', args: ['diff', '**'] },
  { when: 'nothing is set', args: ['bootstrap'] },
  {
    when: 'the profile ignores endpoints, in a configuration file elsewhere',
    env: { ...local, AWS_PROFILE: 'work', AWS_CONFIG_FILE: 'work-config' },
    files: { 'work-config': '[profile work]\nignore_configured_endpoint_urls = true\n' },
  },
  {
    when: 'the endpoint of one service is a host of AWS',
    env: { ...local, AWS_ENDPOINT_URL_CLOUDFORMATION: 'https://cloudformation.eu-central-1.amazonaws.com' },
  },
  { when: 'cdk.context.json means AWS', files: { 'cdk.context.json': '{"aws":true}' } },
  { when: '~/.cdk.json means AWS', files: { '~/.cdk.json': '{"context":{"aws":"true"}}' } },
  { when: 'CDK_CONTEXT means AWS', env: { CDK_CONTEXT: 'aws=true' } },
];

/** Such ways that are in the environment and the files of the app itself, whoever starts it. */
const seen: readonly (Run & { readonly when: string })[] = [
  { when: 'only a service has an endpoint', env: { AWS_ENDPOINT_URL_S3: 'ENDPOINT' } },
  {
    when: 'the shared configuration file ignores endpoints',
    env: local,
    files: { '~/.aws/config': '[default]\nignore_configured_endpoint_urls = true\n' },
  },
  { when: 'the endpoint is a host of AWS', env: { AWS_ENDPOINT_URL: 'https://sts.eu-central-1.amazonaws.com' } },
];

function expectRefused({ code, stderr, atAws }: Outcome): void {
  expect(stderr.match(/^Refused: .*$/gm)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  expect(atAws.filter((call) => !onlyWhose.test(call))).toEqual([]);
}

test.each(seenThroughCli.map((run) => ({ args: ['deploy', '**'], ...run })))(
  'cdk $args is refused in one line where $when',
  async ({ args, ...run }) => {
    expectRefused(await runCdkAsSomebody(args, run));
  },
);

test.each(seen)('the app is refused in one line where $when', async (run) => {
  expectRefused(await runAppAsSomebody(run));
});

const ready = ['--app', assembly.directory, '--exclusively'];
const ignoring = { '~/.aws/config': '[profile work]\nignore_configured_endpoint_urls = true\n' };

/** Ways that no app sees: the CLI itself refuses, because the stacks belong to the local account. */
test.each([
  { args: ['deploy', 'Factor12/*', ...ready], run: {} },
  { args: ['deploy', 'Factor12/*', ...ready, '--method', 'direct'], run: {} },
  { args: ['destroy', 'Factor12/*', '--force', ...ready], run: {} },
  { args: ['deploy', 'Factor12/*', ...ready, '--profile', 'work'], run: { env: local, files: ignoring } },
])('a ready assembly goes to nobody: cdk $args', async ({ args, run }) => {
  const { code, stderr, atAws } = await runCdkAsSomebody(args, run);
  expect(stderr).toMatch(/for account 000000000000, but (the current credentials are for|no credentials)/);
  expect(code).toBe(1);
  expect(atAws.filter((call) => !onlyWhose.test(call))).toEqual([]);
});

test('an endpoint in a services section does not lead past the one in AWS_ENDPOINT_URL', async () => {
  const config = `[default]\nservices = all\n[services all]\ncloudformation =\n  endpoint_url = https://cloudformation.eu-central-1.amazonaws.com\n`;
  const run = { env: local, files: { '~/.aws/config': config } };
  const { atAws, atEndpoint } = await runCdkAsSomebody(['deploy', 'Factor12/*', ...ready], run);
  expect(atAws).toEqual([]);
  expect(atEndpoint.length).toBeGreaterThan(1);
});
