import { type FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BakeQueue } from './bake-queue.ts';
import { FactoryFunction } from './factory-function.ts';
import type { IdempotencyTable } from './idempotency-table.ts';
import type { OrderTable } from './order-table.ts';
import type { RecipeBook } from './recipe-book.ts';

export interface OrderingProps {
  /** Folder of the bundle. */
  readonly bundle: string;
  readonly orders: OrderTable;
  readonly answers: IdempotencyTable;
  readonly recipeBook: RecipeBook;
  readonly bakeQueue: BakeQueue;
}

/** Takes orders over HTTP, at a URL of its own that anybody may call: the factory's front door has no lock. */
export class Ordering extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: OrderingProps) {
    super(scope, id, {
      bundle: props.bundle,
      service: 'ordering',
      description: 'Takes orders, shows them, and shows the recipes',
    });
    props.orders.bindOrdering(this);
    props.answers.bindOrdering(this);
    props.recipeBook.bindOrdering(this);
    props.bakeQueue.bindOrdering(this);
    // Adds both permissions that a public URL needs since October 2025: InvokeFunctionUrl, and InvokeFunction by URL.
    this.url = this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  }
}
