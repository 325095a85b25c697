import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BakeQueue } from '../../../infra/constructs/bake-queue.ts';
import { type DeployedFunctionProps, FactoryFunction } from '../../../infra/constructs/factory-function.ts';
import type { OrderTable } from '../../../infra/constructs/order-table.ts';
import type { RecipeBook } from '../../../infra/constructs/recipe-book.ts';

export interface ForgetfulOrderingProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly recipeBook: RecipeBook;
  readonly bakeQueue: Pick<BakeQueue, 'bindOrdering'>;
}

/** Takes orders over HTTP and remembers no answer: a request that comes again is another order. */
export class ForgetfulOrdering extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: ForgetfulOrderingProps) {
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
