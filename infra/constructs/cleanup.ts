import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BakeQueue } from './bake-queue.ts';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { OrderTable } from './order-table.ts';
import { configureRetention } from './retention.ts';

export interface CleanupProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly bakeQueue: BakeQueue;
}

/** How often it runs. */
const interval = Duration.minutes(5);

/** The admin process: removes orders that are past their time and puts back on the queue those that never got there. */
export class Cleanup extends FactoryFunction {
  constructor(scope: Construct, id: string, props: CleanupProps) {
    super(scope, id, {
      ...props,
      service: 'cleanup',
      description: 'Removes orders past their time and queues those that never were',
      // It goes through the whole table, and must be done before the next run starts.
      timeout: Duration.minutes(1),
    });
    props.orders.bindCleanup(this);
    props.bakeQueue.bindCleanup(this);
    configureRetention(this);
    this.#runRegularly();
  }

  /**
   * By a rule and not by EventBridge Scheduler, whose schedules LocalStack 4.14 accepts and never fires. And by a target
   * of our own: CDK's makes the stage's name part of a logical id, and snapshots would no longer diff cleanly.
   */
  #runRegularly(): void {
    const rule = new Rule(this, 'Schedule', {
      description: 'Starts the cleanup process',
      schedule: Schedule.rate(interval),
      targets: [{ bind: () => ({ arn: this.running.functionArn }) }],
    });
    this.running.addPermission('Schedule', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
