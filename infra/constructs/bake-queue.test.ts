import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { afterAll, expect, test } from 'vitest';
import { bakeWork } from '../../functions/domain/contract.ts';
import { BundleMissing } from './attachable-function.ts';
import { BakeQueue, VisibilityTimeoutTooShort } from './bake-queue.ts';
import { FactoryFunction } from './factory-function.ts';
import { releaseOf } from './release.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kitchen-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const bundle = join(scratch, 'baking');
mkdirSync(bundle);
writeFileSync(join(bundle, 'index.mjs'), '');

const props = { bundle, service: 'baking', description: 'Bakes', release: 'test', processEnvironment: {} };

/**
 * Synthesised into the folder that is removed at the end, and not into one that CDK leaves behind. Whether it is valid
 * CloudFormation is another test's business, and takes seconds.
 */
function emptyStack(): Stack {
  return new Stack(new App({ outdir: join(scratch, 'cdk.out'), builtinCloudFormationValidation: false }), 'Kitchen');
}

function kitchen(timeoutSeconds: number): { baking: FactoryFunction; bakeQueue: BakeQueue } {
  const stack = emptyStack();
  return {
    baking: new FactoryFunction(stack, 'Baking', { ...props, timeout: Duration.seconds(timeoutSeconds) }),
    bakeQueue: new BakeQueue(stack, 'BakeQueue'),
  };
}

test('takes a consumer that it outlasts six times', () => {
  const { baking, bakeQueue } = kitchen(bakeWork.visibilityTimeoutSeconds / 6);
  bakeQueue.bindBaking(baking);
  Template.fromStack(Stack.of(baking)).resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
});

test('refuses a consumer that may still be at work when its messages are handed out again', () => {
  const { baking, bakeQueue } = kitchen(bakeWork.visibilityTimeoutSeconds / 6 + 1);
  expect(() => bakeQueue.bindBaking(baking)).toThrow(VisibilityTimeoutTooShort);
});

test('a function that was not bundled is refused by the name of the file that is missing', () => {
  const missing = { ...props, bundle: join(bundle, 'nowhere') };
  expect(() => new FactoryFunction(emptyStack(), 'Baking', missing)).toThrow(BundleMissing);
  expect(() => releaseOf([missing.bundle])).toThrow(BundleMissing);
});
