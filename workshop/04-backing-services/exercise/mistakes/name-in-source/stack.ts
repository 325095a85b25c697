import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../../../../infra/constructs/factory-props.ts';
import { addOutputs } from '../../../../../infra/constructs/outputs.ts';
import { OvenTime } from '../../../../../infra/constructs/oven-time.ts';
import { SupplierKey } from '../../../../../infra/constructs/supplier-key.ts';
import { UnreleasedKitchen } from '../../../../smells/infra/unreleased-kitchen.ts';

/** The recipe book is a service that the kitchen is attached to. */
export class Factory04 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const recipeBook = new StringParameter(this, 'RecipeBook', {
      parameterName: '/cookie-factory/recipes',
      stringValue: JSON.stringify(JSON.parse(readFileSync(props.recipes, 'utf8'))),
    });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const ordering = new UnreleasedKitchen(this, 'Ordering', {
      bundle: join(props.bundles, '04', 'ordering'),
      config: { ovenTime, supplierKey },
    });
    recipeBook.grantRead(ordering.function);
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      RecipeBookParameter: recipeBook.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
