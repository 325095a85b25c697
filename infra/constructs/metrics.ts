import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { metricsEnv } from '../../functions/metrics/contract.ts';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { OrderTable } from './order-table.ts';
import type { SatisfactionTable } from './satisfaction-table.ts';

export interface MetricsProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
  readonly satisfaction: SatisfactionTable;
}

/** Within what time from the order cookies are promised. */
const promised = Duration.minutes(1);

/** The numbers of the factory, a service with a URL of its own: counting does not keep customers from ordering. */
export class Metrics extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: MetricsProps) {
    super(scope, id, {
      ...props,
      service: 'metrics',
      description: 'Counts orders and tells how satisfied customers are',
      timeout: Duration.seconds(15),
    });
    props.orders.bindMetrics(this);
    props.satisfaction.bindMetrics(this);
    this.configure(metricsEnv.promisedSeconds, promised.toSeconds());
    this.url = this.addPublicUrl();
  }
}
