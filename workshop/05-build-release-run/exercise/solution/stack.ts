import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { OvenTime } from '../../../../infra/constructs/oven-time.ts';
import { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';
import { releaseOf } from '../../../../infra/constructs/release.ts';
import { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { Kitchen } from '../../../smells/infra/kitchen.ts';

/** A deploy publishes a release; which release runs is a parameter. */
export class Factory05 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bundle = join(props.bundles, '05', 'ordering');
    const ordering = new Kitchen(this, 'Ordering', {
      bundle,
      release: releaseOf([bundle]),
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
