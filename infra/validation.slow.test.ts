import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { appOverPlaceholders, emptyApp } from './synthesis.fixture.ts';

const report = z.object({ pluginReports: z.unknown() });

/** What CDK's validation of the synthesised templates wrote down; a plugin that found nothing is not mentioned. */
function pluginReports(app: App): unknown {
  const file = join(app.synth().directory, 'validation-report.json');
  return report.parse(JSON.parse(readFileSync(file, 'utf8'))).pluginReports;
}

const validating = { builtinCloudFormationValidation: true };
const app = appOverPlaceholders(validating);
const appWithMistake = emptyApp({
  ...validating,
  postCliContext: { '@aws-cdk/core:failSynthOnValidationErrors': false },
});

// All thirteen stages are synthesised and validated, which takes a machine with other work more than the usual time.
test('the templates are valid CloudFormation', () => {
  expect(pluginReports(app)).toEqual([]);
});

test('a template that is not would be found out', () => {
  const type = 'AWS::SQS::Queue';
  new CfnResource(new Stack(appWithMistake, 'Mistake'), 'Queue', { type, properties: { VisibilityTimeout: 'long' } });
  expect(pluginReports(appWithMistake)).toMatchObject([
    { pluginName: 'CloudFormation Validate', conclusion: 'failure' },
  ]);
});
