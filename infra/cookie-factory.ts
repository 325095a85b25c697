import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Analytics } from './constructs/analytics.ts';
import { BakeQueue } from './constructs/bake-queue.ts';
import { Baking } from './constructs/baking.ts';
import { Cleanup } from './constructs/cleanup.ts';
import type { DeployedFunctionProps } from './constructs/factory-function.ts';
import type { FactoryProps } from './constructs/factory-props.ts';
import { Metrics } from './constructs/metrics.ts';
import { OrderTable } from './constructs/order-table.ts';
import { Ordering } from './constructs/ordering.ts';
import { addOutputs } from './constructs/outputs.ts';
import { OvenTime } from './constructs/oven-time.ts';
import { RecipeBook } from './constructs/recipe-book.ts';
import { releaseOf } from './constructs/release.ts';
import { readProcessEnvironment } from './constructs/runtime-profile.ts';
import { SatisfactionTable } from './constructs/satisfaction-table.ts';
import { SupplierKey } from './constructs/supplier-key.ts';

/**
 * The finished factory, with all twelve factors put right. It names no account, region or resource: CloudFormation and the
 * endpoint decide those.
 *
 * Everything in it is removed with its stack, tables and their data too. That is decided here for a workshop, whose
 * stacks are deployed to be measured and thrown away; a factory with customers would retain its orders.
 */
export class CookieFactory extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const satisfaction = new SatisfactionTable(this, 'Satisfaction');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const bakeQueue = new BakeQueue(this, 'BakeQueue');
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bundleOf = (name: string) => join(props.bundles, name);
    const release = releaseOf(['ordering', 'baking', 'metrics', 'analytics', 'cleanup'].map(bundleOf));
    const processEnvironment = readProcessEnvironment();
    const deployed = (name: string): DeployedFunctionProps => ({ bundle: bundleOf(name), release, processEnvironment });
    const ordering = new Ordering(this, 'Ordering', {
      ...deployed('ordering'),
      orders,
      recipeBook,
      bakeQueue,
    });
    const baking = new Baking(this, 'Baking', {
      ...deployed('baking'),
      orders,
      recipeBook,
      bakeQueue,
      ovenTime,
      supplierKey,
    });
    const cleanup = new Cleanup(this, 'Cleanup', { ...deployed('cleanup'), orders, bakeQueue });
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
