import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { bakingEnv } from '../../functions/baking/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';

/**
 * The key that signs vouchers for the ingredient supplier. Secrets Manager makes it up: 32 letters and digits that are
 * in no source, template or function configuration. Goes with the stack.
 */
export class SupplierKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Signs the vouchers for the ingredient supplier',
      generateSecretString: { passwordLength: 32, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The supplier is invented and takes any key; rotating it by hand is an exercise of factor 3.',
    });
  }

  /** Lets baking fetch the key; its environment holds only where the key is. */
  bindBaking(baking: AttachableFunction): void {
    baking.attach({
      variable: bakingEnv.supplierKeySecret,
      location: this.secret.secretArn,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.secret.secretArn],
    });
  }
}
