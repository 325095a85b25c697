import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from '../../../infra/constructs/factory-function.ts';
import type { OrderTable } from '../../../infra/constructs/order-table.ts';

export interface OrderCountProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
}

/** `Metrics`, as long as no question is asked about how satisfied customers are: it counts orders. */
export class OrderCount extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: OrderCountProps) {
    super(scope, id, {
      ...props,
      service: 'metrics',
      description: 'Counts orders',
      timeout: Duration.seconds(15),
    });
    props.orders.bindMetrics(this);
    this.url = this.addPublicUrl();
  }
}
