import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import type { BakeQueue } from './bake-queue.ts';
import { FactoryFunction } from './factory-function.ts';
import type { OrderTable } from './order-table.ts';

export interface CleanupProps {
  /** Folder of the bundle. */
  readonly bundle: string;
  readonly orders: OrderTable;
  readonly bakeQueue: BakeQueue;
  /** How often it runs. @default Duration.minutes(5) */
  readonly every?: Duration;
  /** How long a baked order is kept. @default Duration.days(1) */
  readonly keepBaked?: Duration;
  /** When an order that was never baked has expired. @default Duration.days(7) */
  readonly expire?: Duration;
  /** When an order that was stored but never queued is put back on the queue. @default Duration.minutes(5) */
  readonly requeue?: Duration;
}

/** The admin process: removes orders that are past their time and puts back on the queue those that never got there. */
export class Cleanup extends FactoryFunction {
  constructor(scope: Construct, id: string, props: CleanupProps) {
    super(scope, id, {
      bundle: props.bundle,
      service: 'cleanup',
      description: 'Removes orders past their time and queues those that never were',
      // It goes through the whole table, and must be done before the next run starts.
      timeout: Duration.minutes(1),
    });
    props.orders.bindCleanup(this);
    props.bakeQueue.bindCleanup(this);
    this.configure(cleanupEnv.keepBakedMinutes, (props.keepBaked ?? Duration.days(1)).toMinutes());
    this.configure(cleanupEnv.expireMinutes, (props.expire ?? Duration.days(7)).toMinutes());
    this.configure(cleanupEnv.requeueMinutes, (props.requeue ?? Duration.minutes(5)).toMinutes());
    this.#runEvery(props.every ?? Duration.minutes(5));
  }

  /**
   * By a rule and not by EventBridge Scheduler, whose schedules LocalStack 4.14 accepts and never fires. And by a target
   * of our own: CDK's makes the stage's name part of a logical id, and snapshots would no longer diff cleanly.
   */
  #runEvery(interval: Duration): void {
    const rule = new Rule(this, 'Schedule', {
      description: 'Starts the cleanup process',
      schedule: Schedule.rate(interval),
      targets: [{ bind: () => ({ arn: this.function.functionArn }) }],
    });
    this.function.addPermission('Schedule', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
