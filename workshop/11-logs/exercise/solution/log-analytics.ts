import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from '../../../../infra/constructs/factory-function.ts';
import type { SatisfactionTable } from '../../../../infra/constructs/satisfaction-table.ts';

export interface LogAnalyticsProps extends DeployedFunctionProps {
  readonly satisfaction: SatisfactionTable;
}

/** Reads the log of other functions as it is written, and keeps what tells how satisfied customers are. */
export class LogAnalytics extends FactoryFunction {
  constructor(scope: Construct, id: string, props: LogAnalyticsProps) {
    super(scope, id, {
      ...props,
      service: 'analytics',
      description: 'Keeps what the log says of baked orders',
      timeout: Duration.seconds(30),
    });
    props.satisfaction.bindAnalytics(this);
  }

  /** Has the lines that say `OrderBaked` sent here, out of the log of a function: `followed.function.logGroup`. */
  follow(followed: FactoryFunction): void {
    const { logGroup } = followed.function;
    this.running.addPermission(`${followed.node.id}Log`, {
      principal: new ServicePrincipal('logs.amazonaws.com'),
      sourceArn: logGroup.logGroupArn,
    });
    const filter = new CfnSubscriptionFilter(this, `Follow${followed.node.id}`, {
      logGroupName: logGroup.logGroupName,
      filterPattern: '{ $.message = "OrderBaked" }',
      destinationArn: this.running.functionArn,
    });
    filter.node.addDependency(this.running);
  }
}
