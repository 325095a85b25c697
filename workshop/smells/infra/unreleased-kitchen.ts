import type { FunctionUrl, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { AttachableFunction } from '../../../infra/constructs/attachable-function.ts';
import { equip, type KitchenProps, kitchen, resourceOf } from './kitchen-equipment.ts';

export interface UnreleasedKitchenProps extends KitchenProps {
  /** In MB. @default 512 */
  readonly memorySize?: number;
}

/** The kitchen that takes orders and bakes them on the spot. What is deployed runs at once: there are no releases. */
export class UnreleasedKitchen extends AttachableFunction {
  readonly running: LambdaFunction = this.function;
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: UnreleasedKitchenProps) {
    super(scope, id, { ...kitchen, ...props });
    equip(this, props);
    if (props.memorySize !== undefined) {
      resourceOf(this).memorySize = props.memorySize;
    }
    this.url = this.addPublicUrl();
  }
}
