import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, expect, test } from 'vitest';
import { BakeQueue, VisibilityTimeoutTooShort } from './bake-queue.ts';
import { BundleMissing, FactoryFunction } from './factory-function.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kitchen-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const bundle = join(scratch, 'baking');
mkdirSync(bundle);
writeFileSync(join(bundle, 'index.mjs'), '');

/**
 * Synthesised into the folder that is removed at the end, and not into one that CDK leaves behind. Whether it is valid
 * CloudFormation is another test's business, and takes seconds.
 */
function emptyStack(): Stack {
  return new Stack(new App({ outdir: join(scratch, 'cdk.out'), builtinCloudFormationValidation: false }), 'Kitchen');
}

function kitchen(timeout: Duration, visibilityTimeout: Duration): { baking: FactoryFunction; bakeQueue: BakeQueue } {
  const stack = emptyStack();
  const description = 'Bakes';
  return {
    baking: new FactoryFunction(stack, 'Baking', { bundle, service: 'baking', description, timeout }),
    bakeQueue: new BakeQueue(stack, 'BakeQueue', { visibilityTimeout }),
  };
}

test('takes a consumer that it outlasts six times, and limits how many there are', () => {
  const { baking, bakeQueue } = kitchen(Duration.seconds(2), Duration.seconds(12));
  bakeQueue.bindBaking(baking, { maxConcurrency: 2 });
  Template.fromStack(Stack.of(baking)).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    ScalingConfig: { MaximumConcurrency: 2 },
  });
});

test('refuses a consumer that may still be at work when its messages are handed out again', () => {
  const { baking, bakeQueue } = kitchen(Duration.seconds(2), Duration.seconds(11));
  expect(() => bakeQueue.bindBaking(baking)).toThrow(VisibilityTimeoutTooShort);
});

test('a function that was not bundled is refused by the name of the file that is missing', () => {
  const stack = emptyStack();
  const missing = { bundle: join(bundle, 'nowhere'), service: 'baking', description: 'Bakes' };
  expect(() => new FactoryFunction(stack, 'Baking', missing)).toThrow(BundleMissing);
});
