import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { recipeTable } from '../../functions/adapters/contract.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import { stockingEnv } from '../../functions/stocking/contract.ts';
import type { FactoryFunction } from './factory-function.ts';
import { noBackups } from './no-backups.ts';

const reading = ['dynamodb:GetItem', 'dynamodb:Scan'];

/**
 * The recipe book, a backing service that a deploy is attached to: a recipe an item, found by its name.
 *
 * Empty until `Stocking` fills it. On demand; goes with the stack.
 */
export class RecipeBook extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: recipeTable.partitionKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.table).acknowledge(noBackups);
  }

  /** Lets ordering look up what a cookie costs and show the whole book. */
  bindOrdering(ordering: FactoryFunction): void {
    this.#attach(ordering, orderingEnv.recipeTable, reading);
  }

  /** Lets baking look up how a cookie is made. */
  bindBaking(baking: FactoryFunction): void {
    this.#attach(baking, bakingEnv.recipeTable, reading);
  }

  /** Lets stocking write recipes and strike them out. */
  bindStocking(stocking: FactoryFunction): void {
    this.#attach(stocking, stockingEnv.recipeTable, [
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
      'dynamodb:BatchWriteItem',
    ]);
  }

  #attach(reader: FactoryFunction, variable: string, actions: readonly string[]): void {
    reader.attach({ variable, location: this.table.tableName, actions, resourceArns: [this.table.tableArn] });
  }
}
