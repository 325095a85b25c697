import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { FactoryFunction } from '../../../infra/constructs/factory-function.ts';
import { equip, type KitchenProps, kitchen } from './kitchen-equipment.ts';

export interface ReleasedKitchenProps extends KitchenProps {
  readonly release: string;
}

/** The kitchen that takes orders and bakes them on the spot: `Ordering`, before baking became a process of its own. */
export class Kitchen extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: ReleasedKitchenProps) {
    super(scope, id, { ...kitchen, ...props });
    equip(this, props);
    this.url = this.addPublicUrl();
  }
}
