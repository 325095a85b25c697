import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readTemplateText } from './services/cloudformation/template/template-text.ts';

const cli = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
const copies = join(import.meta.dirname, 'bootstrap');

test('the template is that of the CDK CLI, in JSON; if not, vitest -u writes it again', async () => {
  const original = readFileSync(join(cli, 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');
  const json = `${JSON.stringify(readTemplateText(original), undefined, 1)}\n`;
  await expect(json).toMatchFileSnapshot(join(copies, 'bootstrap-template.json'));
});

test.each([
  ['LICENSE', 'LICENSE'],
  ['NOTICE', 'NOTICE'],
])('%s is that of the CDK CLI; if not, copy it again', (copy, original) => {
  expect(readFileSync(join(copies, copy), 'utf8')).toBe(readFileSync(join(cli, original), 'utf8'));
});
