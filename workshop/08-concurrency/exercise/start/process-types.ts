import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bakingEnv } from '../../../../functions/baking/contract.ts';
import { bakeWork } from '../../../../functions/domain/contract.ts';
import { type DeployedFunctionProps, FactoryFunction } from '../../../../infra/constructs/factory-function.ts';
import type { OrderTable } from '../../../../infra/constructs/order-table.ts';
import type { OvenTime } from '../../../../infra/constructs/oven-time.ts';
import type { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';
import type { SupplierKey } from '../../../../infra/constructs/supplier-key.ts';
import { openCleanupDoor } from '../../../smells/infra/cleanup-door.ts';
import type { BakeLine } from './bake-line.ts';

export interface TakesOrdersProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly recipeBook: RecipeBook;
  readonly bakeLine: BakeLine;
}

/** The process type that takes orders over HTTP. It has no oven, and so nothing limits how many of it there are. */
export class TakesOrders extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: TakesOrdersProps) {
    super(scope, id, { ...props, service: 'ordering', description: 'Takes orders, and puts them on the bake queue' });
    props.orders.bindOrdering(this);
    props.recipeBook.bindOrdering(this);
    openCleanupDoor(this, props.orders);
    props.bakeLine.bindOrdering(this);
    this.url = this.addPublicUrl();
  }
}

export interface BakesOrdersProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly recipeBook: RecipeBook;
  readonly ovenTime: OvenTime;
  readonly supplierKey: SupplierKey;
  readonly bakeLine: BakeLine;
}

/** The process type that bakes what is on the queue. */
export class BakesOrders extends FactoryFunction {
  constructor(scope: Construct, id: string, props: BakesOrdersProps) {
    super(scope, id, {
      ...props,
      service: 'baking',
      description: 'Bakes the orders on the bake queue',
      timeout: Duration.seconds(10),
    });
    props.orders.bindBaking(this);
    props.recipeBook.bindBaking(this);
    props.ovenTime.bindBaking(this);
    props.supplierKey.bindBaking(this);
    this.configure(bakingEnv.ovenCapacity, bakeWork.ovenPlaces);
    props.bakeLine.bindBaking(this);
  }
}
