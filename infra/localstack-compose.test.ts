import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const compose: unknown = parse(readFileSync(join(import.meta.dirname, '..', 'localstack-compose.yml'), 'utf8'));

test('LocalStack is pinned, asks for no token, and is reached from this machine only', () => {
  expect(compose).toMatchObject({
    services: {
      localstack: {
        image: `\${LOCALSTACK_IMAGE:-localstack/localstack:4.14.0}`,
        ports: ['127.0.0.1:4566:4566'],
        environment: { LOCALSTACK_AUTH_TOKEN: `\${LOCALSTACK_AUTH_TOKEN:-}` },
      },
    },
  });
});
