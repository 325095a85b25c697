import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { satisfactionTable } from '../../functions/adapters/contract.ts';
import { analyticsEnv } from '../../functions/analytics/contract.ts';
import { metricsEnv } from '../../functions/metrics/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';
import { noBackups } from './no-backups.ts';

/**
 * What the log said of baked orders, an event an item by the event's id: the same event twice is one item. On demand;
 * goes with the stack.
 */
export class SatisfactionTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: satisfactionTable.partitionKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.table).acknowledge(noBackups);
  }

  /** Lets analytics keep events. */
  bindAnalytics(analytics: AttachableFunction): void {
    this.#attach(analytics, analyticsEnv.satisfactionTable, 'dynamodb:BatchWriteItem');
  }

  /** Lets metrics read all of them. */
  bindMetrics(metrics: AttachableFunction): void {
    this.#attach(metrics, metricsEnv.satisfactionTable, 'dynamodb:Scan');
  }

  #attach(user: AttachableFunction, variable: string, action: string): void {
    const location = this.table.tableName;
    user.attach({ variable, location, actions: [action], resourceArns: [this.table.tableArn] });
  }
}
