import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { UnreleasedKitchen } from '../../../smells/infra/unreleased-kitchen.ts';
import { OvenTime } from './oven-time.ts';

/** What differs between deploys is outside of the code: in the environment, a parameter and a secret. */
export class Factory03 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const ovenTime = new OvenTime(this, 'OvenTime', { milliseconds: id === 'Dev' ? 5 : 20 });
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const ordering = new UnreleasedKitchen(this, 'Ordering', {
      bundle: join(props.bundles, '03', 'ordering'),
      config: { ovenTime, supplierKey },
    });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
