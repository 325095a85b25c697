import { join } from 'node:path';
import { CfnOutput, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BakeQueue } from '../constructs/bake-queue.ts';
import { Baking } from '../constructs/baking.ts';
import { Cleanup } from '../constructs/cleanup.ts';
import { IdempotencyTable } from '../constructs/idempotency-table.ts';
import { OrderTable } from '../constructs/order-table.ts';
import { Ordering } from '../constructs/ordering.ts';
import { OvenTime } from '../constructs/oven-time.ts';
import { RecipeBook } from '../constructs/recipe-book.ts';
import { Stocking } from '../constructs/stocking.ts';
import { SupplierKey } from '../constructs/supplier-key.ts';

const repository = join(import.meta.dirname, '..', '..');

export interface Factor12Props extends StageProps {
  /** Folder with a bundle a function, `<function>/index.mjs`. @default - `dist`, where `npm run bundle` puts them */
  readonly bundles?: string;
  /** JSON file with the recipes of the house. @default - `functions/stocking/house-recipes.json` */
  readonly recipes?: string;
}

/**
 * The finished factory, with all twelve factors put right: one deploy, `Prod`.
 *
 * Everything in it is removed with its stack, tables and their data too. That is decided here for a workshop, whose
 * stacks are deployed to be measured and thrown away; a factory with customers would retain its orders.
 */
export class Factor12 extends Stage {
  constructor(scope: Construct, id: string, props: Factor12Props = {}) {
    super(scope, id, props);
    new CookieFactory(this, 'Prod', {
      bundles: props.bundles ?? join(repository, 'dist'),
      recipes: props.recipes ?? join(repository, 'functions', 'stocking', 'house-recipes.json'),
    });
  }
}

interface CookieFactoryProps {
  readonly bundles: string;
  readonly recipes: string;
}

/** One deploy of the factory. It names no account, region or resource: CloudFormation and the endpoint decide those. */
class CookieFactory extends Stack {
  constructor(scope: Construct, id: string, props: CookieFactoryProps) {
    super(scope, id, { description: 'The 12-factor cookie factory' });

    const orders = new OrderTable(this, 'Orders');
    const answers = new IdempotencyTable(this, 'Answers');
    const recipeBook = new RecipeBook(this, 'RecipeBook');
    const bakeQueue = new BakeQueue(this, 'BakeQueue');
    const ovenTime = new OvenTime(this, 'OvenTime');
    const supplierKey = new SupplierKey(this, 'SupplierKey');

    const stocking = new Stocking(this, 'Stocking', {
      bundle: join(props.bundles, 'stocking'),
      recipeBook,
      recipes: props.recipes,
    });
    const ordering = new Ordering(this, 'Ordering', {
      bundle: join(props.bundles, 'ordering'),
      orders,
      answers,
      recipeBook,
      bakeQueue,
    });
    const baking = new Baking(this, 'Baking', {
      bundle: join(props.bundles, 'baking'),
      orders,
      recipeBook,
      bakeQueue,
      ovenTime,
      supplierKey,
    });
    const cleanup = new Cleanup(this, 'Cleanup', { bundle: join(props.bundles, 'cleanup'), orders, bakeQueue });

    const outputs = {
      OrderingUrl: ordering.url.url,
      OrderingFunction: ordering.function.functionName,
      BakingFunction: baking.function.functionName,
      CleanupFunction: cleanup.function.functionName,
      StockingFunction: stocking.function.functionName,
      BakeQueueUrl: bakeQueue.queue.queueUrl,
      BakeDeadLetterQueueUrl: bakeQueue.deadLetterQueue.queueUrl,
      OrderTable: orders.table.tableName,
      IdempotencyTable: answers.table.tableName,
      RecipeTable: recipeBook.table.tableName,
      OvenTimeParameter: ovenTime.parameter.parameterName,
      SupplierKeySecret: supplierKey.secret.secretArn,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value });
    }
  }
}
