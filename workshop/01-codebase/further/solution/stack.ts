import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { releaseOf } from '../../../../infra/constructs/release.ts';
import { UnreleasedKitchen } from '../../../smells/infra/unreleased-kitchen.ts';

/** One codebase, and as many deploys of it as anybody wants. */
export class Factory01 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const bundle = join(props.bundles, '01', 'ordering');
    const ordering = new UnreleasedKitchen(this, 'Ordering', { bundle });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      Release: releaseOf([bundle]),
    });
  }
}
