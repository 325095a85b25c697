import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Kitchen } from '../constructs/kitchen.ts';
import { OrderTable } from '../constructs/order-table.ts';
import { OvenTime } from '../constructs/oven-time.ts';
import { RecipeBook } from '../constructs/recipe-book.ts';
import { SupplierKey } from '../constructs/supplier-key.ts';
import type { FactoryProps } from './factory-props.ts';
import { addOutputs } from './outputs.ts';
import { releaseOf } from './release.ts';

/** Orders are in a table: whatever a process remembers, it may forget. */
export class Factory06 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bundle = join(props.bundles, '06', 'ordering');
    const ordering = new Kitchen(this, 'Ordering', {
      bundle,
      release: releaseOf([bundle]),
      config: { ovenTime, supplierKey },
      recipeBook,
      orders,
    });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      OrderTable: orders.table.tableName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
