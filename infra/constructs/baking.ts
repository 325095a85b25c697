import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bakingEnv } from '../../functions/baking/contract.ts';
import { bakeWork } from '../../functions/domain/contract.ts';
import type { BakeQueue } from './bake-queue.ts';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { OrderTable } from './order-table.ts';
import type { OvenTime } from './oven-time.ts';
import type { RecipeBook } from './recipe-book.ts';
import type { SupplierKey } from './supplier-key.ts';

export interface BakingProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly recipeBook: RecipeBook;
  readonly bakeQueue: Pick<BakeQueue, 'bindBaking'>;
  readonly ovenTime: OvenTime;
  readonly supplierKey: SupplierKey;
}

/** Bakes what is on the bake queue, a batch at a time. */
export class Baking extends FactoryFunction {
  constructor(scope: Construct, id: string, props: BakingProps) {
    super(scope, id, {
      ...props,
      service: 'baking',
      description: 'Bakes the orders on the bake queue',
      timeout: Duration.seconds(bakeWork.functionTimeoutSeconds),
    });
    props.orders.bindBaking(this);
    props.recipeBook.bindBaking(this);
    props.ovenTime.bindBaking(this);
    props.supplierKey.bindBaking(this);
    this.configure(bakingEnv.ovenCapacity, bakeWork.ovenPlaces);
    props.bakeQueue.bindBaking(this);
  }
}
