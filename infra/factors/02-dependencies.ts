import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Kitchen } from '../constructs/kitchen.ts';
import type { FactoryProps } from './factory-props.ts';
import { addOutputs } from './outputs.ts';

/** The same infrastructure: what changed is what the code may take for granted. */
export class Factory02 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const ordering = new Kitchen(this, 'Ordering', { bundle: join(props.bundles, '02', 'ordering') });
    addOutputs(this, { OrderingUrl: ordering.url.url, OrderingFunction: ordering.function.functionName });
  }
}
