import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { OrderTable } from './order-table.ts';
import type { OvenTime } from './oven-time.ts';
import type { RecipeBook } from './recipe-book.ts';
import { configureRetention } from './retention.ts';
import type { SupplierKey } from './supplier-key.ts';

export interface KitchenProps extends DeployedFunctionProps {
  /** What is set outside of the code, where anything is. @default - all of it is in the source */
  readonly config?: { readonly ovenTime: OvenTime; readonly supplierKey: SupplierKey };
  /** @default - the recipes are in the source */
  readonly recipeBook?: RecipeBook;
  /** @default - orders are in the memory of each process */
  readonly orders?: OrderTable;
  /** In MB. @default 512 */
  readonly memorySize?: number;
}

/** How many ovens there are, and so how many orders are served at a time. */
const ovens = 4;

/** The kitchen that takes orders and bakes them on the spot: `Ordering`, before baking became a process of its own. */
export class Kitchen extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: KitchenProps) {
    super(scope, id, {
      ...props,
      service: 'ordering',
      description: 'Takes orders and bakes them on the spot',
      reservedConcurrentExecutions: ovens,
    });
    if (props.config) {
      props.config.ovenTime.bindBaking(this);
      props.config.supplierKey.bindBaking(this);
      configureRetention(this);
    }
    props.recipeBook?.bindBaking(this);
    props.orders?.bindKitchen(this);
    this.url = this.addPublicUrl();
  }
}
