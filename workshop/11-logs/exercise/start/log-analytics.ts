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

  /**
   * Has the lines that say `OrderBaked` sent here, out of the log of a function: `followed.function.logGroup`.
   *
   * A `CfnSubscriptionFilter` does it, with a filter pattern for JSON (CloudWatch Logs User Guide, "Filter pattern syntax"), and
   * what runs, the alias `running`, as its destination. Its principal `logs.amazonaws.com` needs a permission for that
   * (`running.addPermission`), for this log group alone. CloudWatch Logs tries it out when the filter is made, so the filter
   * must wait for it: `filter.node.addDependency(this.running)`.
   */
  follow(_followed: FactoryFunction): void {
    throw new Error('TODO: subscribe to the log of the function');
  }
}
