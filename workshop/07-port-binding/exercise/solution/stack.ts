import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FactoryProps } from '../../../../infra/constructs/factory-props.ts';
import { OrderTable } from '../../../../infra/constructs/order-table.ts';
import { addOutputs } from '../../../../infra/constructs/outputs.ts';
import { OvenTime } from '../../../../infra/constructs/oven-time.ts';
import { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';
import { releaseOf } from '../../../../infra/constructs/release.ts';
import { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { inheritedEnvironment } from '../../../smells/infra/inherited-environment.ts';
import { Kitchen } from '../../../smells/infra/kitchen.ts';
import { MetricsService } from './metrics-service.ts';

/** The numbers are a service with a port of their own. */
export class Factory07 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bundleOf = (name: string) => join(props.bundles, '07', name);
    const release = releaseOf(['ordering', 'metrics'].map(bundleOf));
    const ordering = new Kitchen(this, 'Ordering', {
      bundle: bundleOf('ordering'),
      release,
      config: { ovenTime, supplierKey },
      recipeBook,
      orders,
    });
    const metrics = new MetricsService(this, 'Metrics', {
      bundle: bundleOf('metrics'),
      release,
      processEnvironment: inheritedEnvironment,
      orders,
    });
    addOutputs(this, {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      MetricsUrl: metrics.url.url,
      MetricsFunction: metrics.function.functionName,
      OrderTable: orders.table.tableName,
      RecipeBookParameter: recipeBook.parameter.parameterName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    });
  }
}
