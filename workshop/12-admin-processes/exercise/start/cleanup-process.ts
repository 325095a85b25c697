import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BakeQueue } from '../../../../infra/constructs/bake-queue.ts';
import { type DeployedFunctionProps, FactoryFunction } from '../../../../infra/constructs/factory-function.ts';
import type { OrderTable } from '../../../../infra/constructs/order-table.ts';

export interface CleanupProcessProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly bakeQueue: BakeQueue;
}

/**
 * Cleaning up as a process of its own: a function with a role of its own, which a schedule starts every five minutes.
 *
 * `attach` tells a function where a service is, and grants the actions that are named: none is a `*`. It scans the table of
 * the orders, deletes what is past its time and updates what it queues, and sends to the bake queue. The variables are
 * `cleanupEnv.orderTable` and `cleanupEnv.bakeQueueUrl`; `configureRetention`
 * (infra/constructs/retention.ts) sets the others.
 *
 * The schedule is a `Rule` of EventBridge. Its target is what runs, the alias `running`:
 * `{ bind: () => ({ arn: this.running.functionArn }) }`. The rule also needs a permission: `running.addPermission`, for the
 * principal `events.amazonaws.com` and with the rule as `sourceArn`.
 */
export class CleanupProcess extends FactoryFunction {
  constructor(
    scope: Construct,
    id: string,
    { orders: _orders, bakeQueue: _bakeQueue, ...deployed }: CleanupProcessProps,
  ) {
    super(scope, id, {
      ...deployed,
      service: 'cleanup',
      description: 'Removes orders past their time and queues those that never were',
      timeout: Duration.minutes(1),
    });
    throw new Error('TODO: give it what it needs, and start it by a rule');
  }
}
