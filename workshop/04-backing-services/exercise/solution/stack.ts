import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { OvenTime } from '../../../../infra/constructs/oven-time.ts';
import { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';
import { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { UnreleasedKitchen } from '../../../smells/infra/unreleased-kitchen.ts';

/** The recipe book is a service that the kitchen is attached to. */
export class Factory04 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const ordering = new UnreleasedKitchen(this, 'Ordering', {
      bundle: join(props.bundles, '04', 'ordering'),
      config: { ovenTime, supplierKey },
      recipeBook,
    });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
