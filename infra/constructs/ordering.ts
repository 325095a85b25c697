import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BakeQueue } from './bake-queue.ts';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { OrderTable } from './order-table.ts';
import type { RecipeBook } from './recipe-book.ts';

export interface OrderingProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly recipeBook: RecipeBook;
  readonly bakeQueue: Pick<BakeQueue, 'bindOrdering'>;
}

/** Takes orders over HTTP, at a URL of its own that anybody may call: the factory's front door has no lock. */
export class Ordering extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: OrderingProps) {
    super(scope, id, {
      ...props,
      service: 'ordering',
      description: 'Takes orders, shows them, and shows the recipes',
    });
    props.orders.bindOrdering(this);
    props.recipeBook.bindOrdering(this);
    props.bakeQueue.bindOrdering(this);
    this.url = this.addPublicUrl();
  }
}
