import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { DeployedFunctionProps } from '../../../../infra/constructs/factory-function.ts';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { OrderTable } from '../../../../infra/constructs/order-table.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { OvenTime } from '../../../../infra/constructs/oven-time.ts';
import { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';
import { releaseOf } from '../../../../infra/constructs/release.ts';
import { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { inheritedEnvironment } from '../../../smells/infra/inherited-environment.ts';
import { OrderCount } from '../../../smells/infra/order-count.ts';
import { BakesOrders, TakesOrders } from '../../exercise/start/process-types.ts';
import { BakeLine } from './bake-line.ts';
import { largeBakeQueueUrl } from './large-orders.ts';

/** Large orders have a queue and a consumer of their own, so that small ones do not wait for them. */
export class Factory08 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bakeLine = new BakeLine(this, 'BakeQueue');
    const bundleOf = (name: string) => join(props.bundles, '08', name);
    const release = releaseOf(['ordering', 'baking', 'metrics'].map(bundleOf));
    const processEnvironment = inheritedEnvironment;
    const deployed = (name: string): DeployedFunctionProps => ({ bundle: bundleOf(name), release, processEnvironment });
    const ordering = new TakesOrders(this, 'Ordering', { ...deployed('ordering'), orders, recipeBook, bakeLine });
    const baking = new BakesOrders(this, 'Baking', {
      ...deployed('baking'),
      orders,
      recipeBook,
      ovenTime,
      supplierKey,
      bakeLine,
    });
    const largeLine = new BakeLine(this, 'LargeBakeQueue');
    largeLine.bindOrdering(ordering, largeBakeQueueUrl);
    largeLine.bindBaking(baking);
    const metrics = new OrderCount(this, 'Metrics', { ...deployed('metrics'), orders });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      BakingFunction: baking.function.functionName,
      MetricsUrl: metrics.url.url,
      MetricsFunction: metrics.function.functionName,
      OrderTable: orders.table.tableName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
