import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { cleanupEnv } from '../../../../functions/cleanup/contract.ts';
import type { BakeQueue } from '../../../../infra/constructs/bake-queue.ts';
import { type DeployedFunctionProps, FactoryFunction } from '../../../../infra/constructs/factory-function.ts';
import type { OrderTable } from '../../../../infra/constructs/order-table.ts';
import { configureRetention } from '../../../../infra/constructs/retention.ts';

export interface CleanupProcessProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly bakeQueue: BakeQueue;
}

/** Cleaning up as a process of its own: a function with a role of its own, which a schedule starts every five minutes. */
export class CleanupProcess extends FactoryFunction {
  constructor(scope: Construct, id: string, { orders, bakeQueue, ...deployed }: CleanupProcessProps) {
    super(scope, id, {
      ...deployed,
      service: 'cleanup',
      description: 'Removes orders past their time and queues those that never were',
      timeout: Duration.minutes(1),
    });
    this.attach({
      variable: cleanupEnv.orderTable,
      location: orders.table.tableName,
      actions: ['dynamodb:Scan', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem'],
      resourceArns: [orders.table.tableArn],
    });
    this.attach({
      variable: cleanupEnv.bakeQueueUrl,
      location: bakeQueue.queue.queueUrl,
      actions: ['sqs:SendMessage'],
      resourceArns: [bakeQueue.queue.queueArn],
    });
    configureRetention(this);
    const rule = new Rule(this, 'Schedule', {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [{ bind: () => ({ arn: this.running.functionArn }) }],
    });
    this.running.addPermission('Schedule', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
