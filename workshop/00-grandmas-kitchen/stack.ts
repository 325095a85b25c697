import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../infra/constructs/factory-props.ts';
import { addOutputs } from '../../infra/constructs/outputs.ts';
import { UnreleasedKitchen } from '../smells/infra/unreleased-kitchen.ts';

/** One kitchen that does everything, and a copy of it that has grown to be another one. */
export class Factory00 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    // The test kitchen got more memory when it was slow that day.
    const drifted = id === 'Dev' ? { memorySize: 1024 } : {};
    const bundle = join(props.bundles, '00', id.toLowerCase());
    const ordering = new UnreleasedKitchen(this, 'Ordering', { bundle, ...drifted });
    addOutputs(this, { OrderingUrl: ordering.url.url, OrderingFunction: ordering.function.functionName });
  }
}
