import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { appOverPlaceholders } from './synthesis.fixture.ts';

const app = appOverPlaceholders();
app.synth();

test('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
  expect(new AwsSolutionsChecks(app, { verbose: true }).validateScope(app).violations).toEqual([]);
});
