import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { bakingEnv } from '../../functions/baking/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';

/**
 * The time one cookie spends in the oven: a tunable that baking reads while it runs, so that turning it takes no deploy.
 *
 * A later deploy leaves a value that was turned by hand alone, unless the value here was changed as well.
 */
export class OvenTime extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      description: 'Milliseconds that one cookie spends in the oven',
      stringValue: '20',
    });
  }

  /** Lets baking read it. */
  bindBaking(baking: AttachableFunction): void {
    baking.attach({
      variable: bakingEnv.ovenTimeParameter,
      location: this.parameter.parameterName,
      actions: ['ssm:GetParameter'],
      resourceArns: [this.parameter.parameterArn],
    });
  }
}
