import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { orderTable } from '../../functions/adapters/contract.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import { metricsEnv } from '../../functions/metrics/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';
import { noBackups } from './no-backups.ts';

/**
 * The orders, an item each, with an index that lists a customer's orders.
 *
 * On demand, so there is no capacity to plan. Orders have no time to live: what is past its time is removed by the
 * cleanup process, which can say what it removed. The table and its orders go with the stack.
 */
export class OrderTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { partitionKey, byCustomer } = orderTable;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: byCustomer.indexName,
      partitionKey: { name: byCustomer.partitionKey, type: AttributeType.STRING },
      sortKey: { name: byCustomer.sortKey, type: AttributeType.STRING },
    });
    Validations.of(this.table).acknowledge(noBackups);
  }

  /** Lets ordering store orders, read one, and list a customer's. */
  bindOrdering(ordering: AttachableFunction): void {
    ordering.attach({
      variable: orderingEnv.orderTable,
      location: this.table.tableName,
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      // The index by its name: `table.grant` would open every index with `index/*`.
      resourceArns: [this.table.tableArn, `${this.table.tableArn}/index/${orderTable.byCustomer.indexName}`],
    });
  }

  /** Lets metrics count the orders. */
  bindMetrics(metrics: AttachableFunction): void {
    metrics.attach({
      variable: metricsEnv.orderTable,
      location: this.table.tableName,
      actions: ['dynamodb:Scan'],
      resourceArns: [this.table.tableArn],
    });
  }

  /** Lets baking record what became of an order it was handed; it neither searches nor removes. */
  bindBaking(baking: AttachableFunction): void {
    baking.attach({
      variable: bakingEnv.orderTable,
      location: this.table.tableName,
      actions: ['dynamodb:UpdateItem'],
      resourceArns: [this.table.tableArn],
    });
  }

  /** Lets cleanup go through all orders, remove those past their time and mark those it puts back on the queue. */
  bindCleanup(cleanup: AttachableFunction): void {
    cleanup.attach({
      variable: cleanupEnv.orderTable,
      location: this.table.tableName,
      actions: ['dynamodb:Scan', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem'],
      resourceArns: [this.table.tableArn],
    });
  }
}
