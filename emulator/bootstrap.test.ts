import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const cli = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
const copies = join(import.meta.dirname, 'bootstrap');

test.each([
  ['bootstrap-template.yaml', 'lib/api/bootstrap/bootstrap-template.yaml'],
  ['LICENSE', 'LICENSE'],
  ['NOTICE', 'NOTICE'],
])('%s is that of the CDK CLI; if not, copy it again', (copy, original) => {
  expect(readFileSync(join(copies, copy), 'utf8')).toBe(readFileSync(join(cli, original), 'utf8'));
});
