import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { BakeQueue } from '../../infra/constructs/bake-queue.ts';
import { Baking } from '../../infra/constructs/baking.ts';
import type { DeployedFunctionProps } from '../../infra/constructs/factory-function.ts';
import type { FactoryProps } from '../../infra/constructs/factory-props.ts';
import { OrderTable } from '../../infra/constructs/order-table.ts';
import { Ordering } from '../../infra/constructs/ordering.ts';
import { addOutputs } from '../../infra/constructs/outputs.ts';
import { OvenTime } from '../../infra/constructs/oven-time.ts';
import { RecipeBook } from '../../infra/constructs/recipe-book.ts';
import { releaseOf } from '../../infra/constructs/release.ts';
import { readProcessEnvironment } from '../../infra/constructs/runtime-profile.ts';
import { SupplierKey } from '../../infra/constructs/supplier-key.ts';
import { openCleanupDoor } from '../smells/infra/cleanup-door.ts';
import { OrderCount } from '../smells/infra/order-count.ts';

/** Every process runs under the one profile of `runtime.json`. */
export class Factory10 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const bakeQueue = new BakeQueue(this, 'BakeQueue');
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bundleOf = (name: string) => join(props.bundles, '10', name);
    const release = releaseOf(['ordering', 'baking', 'metrics'].map(bundleOf));
    const processEnvironment = readProcessEnvironment();
    const deployed = (name: string): DeployedFunctionProps => ({ bundle: bundleOf(name), release, processEnvironment });
    const ordering = new Ordering(this, 'Ordering', {
      ...deployed('ordering'),
      orders,
      recipeBook,
      bakeQueue,
    });
    openCleanupDoor(ordering, orders);
    const baking = new Baking(this, 'Baking', {
      ...deployed('baking'),
      orders,
      recipeBook,
      bakeQueue,
      ovenTime,
      supplierKey,
    });
    const metrics = new OrderCount(this, 'Metrics', { ...deployed('metrics'), orders });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      BakingFunction: baking.function.functionName,
      MetricsUrl: metrics.url.url,
      MetricsFunction: metrics.function.functionName,
      BakeQueueUrl: bakeQueue.queue.queueUrl,
      BakeDeadLetterQueueUrl: bakeQueue.deadLetterQueue.queueUrl,
      OrderTable: orders.table.tableName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
