import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { SatisfactionTable } from './satisfaction-table.ts';

export interface AnalyticsProps extends DeployedFunctionProps {
  readonly satisfaction: SatisfactionTable;
}

/** The events that analytics wants to hear of, as CloudWatch Logs matches them. */
const wanted = '{ $.message = "OrderBaked" }';

/** Reads the log of other functions as it is written, and keeps what tells how satisfied customers are. */
export class Analytics extends FactoryFunction {
  constructor(scope: Construct, id: string, props: AnalyticsProps) {
    super(scope, id, {
      ...props,
      service: 'analytics',
      description: 'Keeps what the log says of baked orders',
      timeout: Duration.seconds(30),
    });
    props.satisfaction.bindAnalytics(this);
  }

  /**
   * Has the log of a function streamed here. Not its own: reading that it has read something would never end.
   *
   * By resources of our own, because CDK's destination makes the stage's name part of a logical id, and snapshots would
   * no longer diff cleanly.
   */
  follow(followed: FactoryFunction): void {
    if (followed === this) {
      throw new AnalyticsFollowsItself(this.node.path);
    }
    const { logGroup } = followed.function;
    const permission = { principal: new ServicePrincipal('logs.amazonaws.com'), sourceArn: logGroup.logGroupArn };
    this.running.addPermission(`${followed.node.id}Log`, permission);
    const filter = new CfnSubscriptionFilter(this, `Follow${followed.node.id}`, {
      logGroupName: logGroup.logGroupName,
      filterPattern: wanted,
      destinationArn: this.running.functionArn,
    });
    // CloudWatch Logs checks that it may invoke the function when the filter is made.
    filter.node.addDependency(this.running);
  }
}

/** Thrown at synthesis: a function that is invoked by its own log lines writes log lines forever. */
export class AnalyticsFollowsItself extends Error {
  override readonly name = 'AnalyticsFollowsItself';

  constructor(path: string) {
    super(`${path} is subscribed to its own log`);
  }
}
