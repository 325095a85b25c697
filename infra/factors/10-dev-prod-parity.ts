import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BakeQueue } from '../constructs/bake-queue.ts';
import { Baking } from '../constructs/baking.ts';
import { IdempotencyTable } from '../constructs/idempotency-table.ts';
import { Metrics } from '../constructs/metrics.ts';
import { OrderTable } from '../constructs/order-table.ts';
import { Ordering } from '../constructs/ordering.ts';
import { OvenTime } from '../constructs/oven-time.ts';
import { RecipeBook } from '../constructs/recipe-book.ts';
import { configureRetention } from '../constructs/retention.ts';
import { readProcessEnvironment } from '../constructs/runtime-profile.ts';
import { SupplierKey } from '../constructs/supplier-key.ts';
import type { FactoryProps } from './factory-props.ts';
import { addOutputs } from './outputs.ts';
import { releaseOf } from './release.ts';

/** Every process runs under the one profile of `runtime.json`. */
export class Factory10 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const answers = new IdempotencyTable(this, 'Answers');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const bakeQueue = new BakeQueue(this, 'BakeQueue');
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const processEnvironment = readProcessEnvironment();
    const bundleOf = (name: string) => join(props.bundles, '10', name);
    const release = releaseOf(['ordering', 'baking', 'metrics'].map(bundleOf));
    const ordering = new Ordering(this, 'Ordering', {
      bundle: bundleOf('ordering'),
      release,
      processEnvironment,
      orders,
      answers,
      recipeBook,
      bakeQueue,
    });
    // Cleaning up is a path on the front door, so the front door may do all that cleaning takes.
    orders.bindCleanup(ordering);
    configureRetention(ordering);
    const baking = new Baking(this, 'Baking', {
      bundle: bundleOf('baking'),
      release,
      processEnvironment,
      orders,
      recipeBook,
      bakeQueue,
      ovenTime,
      supplierKey,
    });
    const metrics = new Metrics(this, 'Metrics', { bundle: bundleOf('metrics'), release, processEnvironment, orders });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      BakingFunction: baking.function.functionName,
      MetricsUrl: metrics.url.url,
      MetricsFunction: metrics.function.functionName,
      BakeQueueUrl: bakeQueue.queue.queueUrl,
      BakeDeadLetterQueueUrl: bakeQueue.deadLetterQueue?.queueUrl,
      OrderTable: orders.table.tableName,
      IdempotencyTable: answers.table.tableName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
