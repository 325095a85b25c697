import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('cdk.json has the feature flags that aws-cdk-lib recommends for a new project', () => {
  const cdkJson: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8'));
  const recommended: unknown = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json');
  expect(cdkJson).toMatchObject({ context: recommended });
});
