import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Analytics } from '../../../../infra/constructs/analytics.ts';
import { BakeQueue } from '../../../../infra/constructs/bake-queue.ts';
import { Baking } from '../../../../infra/constructs/baking.ts';
import type { DeployedFunctionProps } from '../../../../infra/constructs/factory-function.ts';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { Metrics } from '../../../../infra/constructs/metrics.ts';
import { OrderTable } from '../../../../infra/constructs/order-table.ts';
import { Ordering } from '../../../../infra/constructs/ordering.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { OvenTime } from '../../../../infra/constructs/oven-time.ts';
import { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';
import { releaseOf } from '../../../../infra/constructs/release.ts';
import { readProcessEnvironment } from '../../../../infra/constructs/runtime-profile.ts';
import { SatisfactionTable } from '../../../../infra/constructs/satisfaction-table.ts';
import { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { CleanupProcess } from './cleanup-process.ts';

/** Cleaning up is a process of its own: the shop no longer may, and has no door to it. */
export class Factory12 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const satisfaction = new SatisfactionTable(this, 'Satisfaction');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const bakeQueue = new BakeQueue(this, 'BakeQueue');
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const ours = new Set(['ordering', 'cleanup']);
    const bundleOf = (name: string) => join(props.bundles, ours.has(name) ? '12' : '', name);
    const release = releaseOf(['ordering', 'baking', 'metrics', 'analytics', 'cleanup'].map(bundleOf));
    const processEnvironment = readProcessEnvironment();
    const deployed = (name: string): DeployedFunctionProps => ({ bundle: bundleOf(name), release, processEnvironment });
    const ordering = new Ordering(this, 'Ordering', {
      ...deployed('ordering'),
      orders,
      recipeBook,
      bakeQueue,
    });
    const cleanup = new CleanupProcess(this, 'Cleanup', { ...deployed('cleanup'), orders, bakeQueue });
    const baking = new Baking(this, 'Baking', {
      ...deployed('baking'),
      orders,
      recipeBook,
      bakeQueue,
      ovenTime,
      supplierKey,
    });
    const metrics = new Metrics(this, 'Metrics', { ...deployed('metrics'), orders, satisfaction });
    const analytics = new Analytics(this, 'Analytics', { ...deployed('analytics'), satisfaction });
    analytics.follow(baking);
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      BakingFunction: baking.function.functionName,
      CleanupFunction: cleanup.function.functionName,
      MetricsUrl: metrics.url.url,
      MetricsFunction: metrics.function.functionName,
      AnalyticsFunction: analytics.function.functionName,
      BakeQueueUrl: bakeQueue.queue.queueUrl,
      BakeDeadLetterQueueUrl: bakeQueue.deadLetterQueue.queueUrl,
      OrderTable: orders.table.tableName,
      SatisfactionTable: satisfaction.table.tableName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
