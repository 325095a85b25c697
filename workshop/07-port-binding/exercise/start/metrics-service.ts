import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from '../../../../infra/constructs/factory-function.ts';
import type { OrderTable } from '../../../../infra/constructs/order-table.ts';

export interface MetricsServiceProps extends DeployedFunctionProps {
  readonly orders: OrderTable;
}

/** The numbers of the shop: a function of its own, with a role, a URL and a capacity of its own. */
export class MetricsService extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: MetricsServiceProps) {
    super(scope, id, {
      ...props,
      service: 'metrics',
      description: 'Counts orders',
      // A scraper may ask for the next ten seconds.
      timeout: Duration.seconds(15),
    });
    // The name of the table is in `metricsEnv.orderTable`, and counting takes one IAM action, `dynamodb:Scan`. `attach`
    // says and allows both. `OrderTable` has a method that does it.
    throw new Error('TODO: let the service count the orders, and do nothing else with them; give it a URL');
  }
}
