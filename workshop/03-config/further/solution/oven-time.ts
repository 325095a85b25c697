import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { bakingEnv } from '../../../../functions/baking/contract.ts';
import type { AttachableFunction } from '../../../../infra/constructs/attachable-function.ts';

export interface OvenTimeProps {
  /** Milliseconds that a cookie bakes until somebody sets another time. @default 20 */
  readonly milliseconds?: number;
}

/** The time one cookie spends in the oven: a setting that is changed while the factory runs. */
export class OvenTime extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, { milliseconds = 20 }: OvenTimeProps = {}) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      description: 'Milliseconds that one cookie spends in the oven',
      stringValue: String(milliseconds),
    });
  }

  /**
   * Tells the kitchen where the time is, and lets it read it: `ssm:GetParameter`, for this parameter alone. The name of the
   * variable is in `functions/baking/contract.ts`, where the code that reads it finds it, too.
   */
  bindBaking(baking: AttachableFunction): void {
    baking.attach({
      variable: bakingEnv.ovenTimeParameter,
      location: this.parameter.parameterName,
      actions: ['ssm:GetParameter'],
      resourceArns: [this.parameter.parameterArn],
    });
  }
}
