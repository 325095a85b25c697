import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { idempotencyTable } from '../../functions/adapters/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';
import { noBackups } from './no-backups.ts';

/**
 * The answers already given, by idempotency key, so that a repeated request gets the same answer and no second order.
 *
 * DynamoDB removes a record once its time is past: unlike with an order, there is nothing to report. A table of its own, so
 * that no access to orders comes with it. On demand; goes with the stack.
 */
export class IdempotencyTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: idempotencyTable.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: idempotencyTable.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.table).acknowledge(noBackups);
  }

  /** Lets ordering keep its answers: the four calls that Powertools Idempotency makes. */
  bindOrdering(ordering: AttachableFunction): void {
    ordering.attach({
      variable: orderingEnv.idempotencyTable,
      location: this.table.tableName,
      actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resourceArns: [this.table.tableArn],
    });
  }
}
