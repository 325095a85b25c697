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
import { MetricsService } from '../../exercise/solution/metrics-service.ts';
import { MenuService } from './menu-service.ts';

/** The numbers and the menu are services with ports of their own. */
export class Factory07 extends Stack {
  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id, props);
    const orders = new OrderTable(this, 'Orders');
    const recipeBook = new RecipeBook(this, 'RecipeBook', { recipes: props.recipes });
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');
    const bundleOf = (name: string) => join(props.bundles, '07', name);
    const release = releaseOf(['ordering', 'metrics', 'menu'].map(bundleOf));
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
    const menu = new MenuService(this, 'Menu', {
      bundle: bundleOf('menu'),
      release,
      processEnvironment: inheritedEnvironment,
      recipeBook,
    });
    ordering.configure('MENU_URL', menu.url.url);
    addOutputs(this, {
      MenuUrl: menu.url.url,
      MenuFunction: menu.function.functionName,
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
