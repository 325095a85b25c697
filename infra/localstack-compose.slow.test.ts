import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

const repository = join(import.meta.dirname, '..');
const file = join(repository, 'localstack-compose.yml');
const text = readFileSync(file, 'utf8');
const { localstack } = parse(text).services;

interface Message {
  readonly rule: string;
  readonly message: string;
}

/** What a compose file says that the Compose Specification does not know. The linter's rules of style are not ours. */
function violations(path: string): string[] {
  const linter = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
  const results: readonly { readonly messages: readonly Message[] }[] = linter.lintFiles([path], false);
  const messages = results.flatMap((result) => result.messages);
  return messages.filter(({ rule }) => rule === 'invalid-schema').map(({ message }) => message);
}

function changed(from: string, to: string): string {
  const path = join(tmpdir(), `compose-${crypto.randomUUID()}.yml`);
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  onTestFinished(() => rmSync(path));
  return path;
}

describe('the Compose Specification', () => {
  test('the file follows it', () => {
    expect(violations(file)).toEqual([]);
  });

  test.each([
    ['an unknown key of a service', 'ports:', 'portts:'],
    ['a build without a context of text', 'context: .', 'context: [.]'],
    ['a condition that there is not', 'service_healthy', 'service_is_well'],
  ])('%s is found', (_, from, to) => {
    expect(violations(changed(from, to))).not.toEqual([]);
  });
});

test('LocalStack is pinned, asks for no token, and is reached from this machine only', () => {
  expect(localstack).toMatchObject({
    image: `\${LOCALSTACK_IMAGE:-localstack/localstack:4.14.0}`,
    ports: ['127.0.0.1:4566:4566'],
    environment: { LOCALSTACK_AUTH_TOKEN: `\${LOCALSTACK_AUTH_TOKEN:-}` },
  });
});

/** Where LocalStack 4.14.0 (localstack-core) reads each setting. A name that is not here was not looked up. */
const settingNames: Readonly<Record<string, string>> = {
  LOCALSTACK_AUTH_TOKEN: 'localstack/utils/bootstrap.py: chooses the licensed image; 4.14.0 itself needs none',
  LAMBDA_IGNORE_ARCHITECTURE: 'localstack/services/lambda_/invocation/docker_runtime_executor.py: no --platform',
  LAMBDA_RETRY_BASE_DELAY: 'localstack/config.py: seconds; the name with _SECONDS is only its Python variable',
};

test('every setting is one that LocalStack 4.14.0 reads', () => {
  expect(Object.keys(localstack.environment).sort()).toEqual(Object.keys(settingNames).sort());
});

const compose = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
const configured = (env: Record<string, string>) =>
  JSON.parse(
    execFileSync('docker', ['compose', '-f', file, '--profile', 'admin', 'config', '--format', 'json'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }),
  );

describe.skipIf(compose.status !== 0)('Docker Compose itself (skipped where there is no `docker compose`)', () => {
  test('reads the file, with the pinned image', () => {
    expect(configured({ LOCALSTACK_IMAGE: '', LOCALSTACK_AUTH_TOKEN: '' }).services).toMatchObject({
      localstack: { image: 'localstack/localstack:4.14.0' },
      cleanup: { depends_on: { localstack: { condition: 'service_healthy' } } },
    });
  });

  test('takes another image and its token from variables', () => {
    expect(
      configured({ LOCALSTACK_IMAGE: 'localstack/localstack:2026.10', LOCALSTACK_AUTH_TOKEN: 'ls-token' }).services
        .localstack,
    ).toMatchObject({
      image: 'localstack/localstack:2026.10',
      environment: { LOCALSTACK_AUTH_TOKEN: 'ls-token' },
    });
  });
});
