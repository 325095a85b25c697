import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { AttachableFunction } from '../../../../../infra/constructs/attachable-function.ts';

/** The time one cookie spends in the oven: a setting that is changed while the factory runs. */
export class OvenTime extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      description: 'Milliseconds that one cookie spends in the oven',
      stringValue: '20',
    });
  }

  /**
   * Tells the kitchen where the time is, and lets it read it: `ssm:GetParameter`, for this parameter alone. The name of the
   * variable is in `functions/baking/contract.ts`, where the code that reads it finds it, too.
   */
  bindBaking(baking: AttachableFunction): void {
    baking.configure('OVEN_MILLISECONDS', this.parameter.stringValue);
  }
}
