import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { bakingEnv } from '../../functions/baking/contract.ts';
import type { FactoryFunction } from './factory-function.ts';

export interface OvenTimeProps {
  /** What one cookie takes, in milliseconds. @default 20 */
  readonly milliseconds?: number;
}

/**
 * The time one cookie spends in the oven: a tunable that baking reads while it runs, so that turning it takes no deploy.
 *
 * A later deploy leaves a value that was turned by hand alone, unless the value here was changed as well.
 */
export class OvenTime extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, props: OvenTimeProps = {}) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      description: 'Milliseconds that one cookie spends in the oven',
      stringValue: String(props.milliseconds ?? 20),
    });
  }

  bindBaking(baking: FactoryFunction): void {
    baking.attach({
      variable: bakingEnv.ovenTimeParameter,
      location: this.parameter.parameterName,
      actions: ['ssm:GetParameter'],
      resourceArns: [this.parameter.parameterArn],
    });
  }
}
