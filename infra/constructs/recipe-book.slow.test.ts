import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, onTestFinished, test } from 'vitest';
import { RecipeBook } from './recipe-book.ts';

/** The template of a recipe book that is opened with this text. */
function bookOf(text: string): Template {
  const folder = mkdtempSync(join(tmpdir(), 'recipes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const recipes = join(folder, 'recipes.json');
  writeFileSync(recipes, text);
  // Whether it is valid CloudFormation is another test's business, and takes seconds.
  const app = new App({ outdir: join(folder, 'cdk.out'), builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Test');
  new RecipeBook(stack, 'RecipeBook', { recipes });
  return Template.fromStack(stack);
}

test('a book is written without the spaces that people read it by', () => {
  bookOf('[\n  { "name": "sabayon" }\n]\n').hasResourceProperties('AWS::SSM::Parameter', {
    Value: '[{"name":"sabayon"}]',
  });
});

test.each([
  { says: 'as long as a parameter', text: JSON.stringify(['x'.repeat(4_092)]), fits: true },
  { says: 'one byte longer', text: JSON.stringify(['x'.repeat(4_093)]), fits: false },
  { says: 'short in letters and long in bytes', text: JSON.stringify(['ü'.repeat(2_047)]), fits: false },
])('a book that is $says: fits is $fits', ({ text, fits }) => {
  if (fits) {
    expect(() => bookOf(text)).not.toThrow();
  } else {
    expect(() => bookOf(text)).toThrow(/recipes\.json is \d+ bytes long without its spaces, .* holds 4096$/);
  }
});
