import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runtimeProfile, underProfile } from './runtime-profile.ts';

/** The places that cannot read `runtime.json` themselves, or are read by somebody else's tool, say the same as it. */

const repository = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(repository, ...path), 'utf8');
const { image, node, architecture, locale, timeZone } = runtimeProfile;

test('the image is built on the image of the profile, with its locale and time zone', () => {
  const dockerfile = read('functions', 'Dockerfile');
  const defaults = Object.fromEntries(
    [...dockerfile.matchAll(/^ARG (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(defaults).toEqual({ IMAGE: image, LOCALE: locale, TIME_ZONE: timeZone });
  const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\w+)$/gm)].map(([, from]) => from);
  expect(new Set(stages)).toEqual(new Set([`\${IMAGE}`, 'runtime']));
  expect(image.endsWith(`:${node}`)).toBe(true);
});

test('the image of the compose file is the same, for the architecture of the profile', () => {
  const compose = parse(read('localstack-compose.yml'));
  expect(compose.services.cleanup).toMatchObject({
    platform: { x86_64: 'linux/amd64', arm64: 'linux/arm64' }[architecture],
    build: { dockerfile: 'functions/Dockerfile', args: { IMAGE: `\${BASE_IMAGE:-${image}}` } },
  });
});

test('CI tests on the Node of the profile, with its locale and time zone', () => {
  const { env, jobs } = parse(read('.github', 'workflows', 'pull-request.yml'));
  expect(env).toEqual({ LANG: locale, TZ: timeZone });
  const setup = jobs.test.steps.find(({ uses = '' }: { uses?: string }) => uses.startsWith('actions/setup-node@'));
  expect(String(setup.with['node-version'])).toContain(`&& ${node} ||`);
});

test('the Node that npm brings, the one that bundles are made for and the one that is deployed are that of the profile', () => {
  const installed = Object.entries<{ version: string }>(JSON.parse(read('package-lock.json')).packages);
  const nodes = installed.filter(([path]) => /^node_modules\/node(-(linux|win)-\w+)?$/.test(path));
  const versions = new Set([...nodes.map(([, { version }]) => version), read('.node-version').trim()]);
  expect([...versions]).toEqual([expect.stringMatching(new RegExp(`^${node}\\.`))]);
  expect(read('pipeline', 'assembly', 'bundle-functions.ts')).toContain(`target: 'node${node}'`);
  const construct = read('infra', 'constructs', 'attachable-function.ts');
  expect(construct).toContain(`Runtime.NODEJS_${node}_X`);
  expect(construct).toContain(`Architecture.${architecture.toUpperCase()}`);
});

test('a process under the profile has forgotten where it was started', () => {
  const laptop = { PATH: '/bin', TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' };
  expect(underProfile(laptop)).toEqual({ PATH: '/bin', TZ: 'UTC', LANG: 'en_US.UTF-8' });
});
