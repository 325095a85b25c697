import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { AttachableFunction } from '../../../infra/constructs/attachable-function.ts';
import type { OrderTable } from '../../../infra/constructs/order-table.ts';
import type { OvenTime } from '../../../infra/constructs/oven-time.ts';
import type { RecipeBook } from '../../../infra/constructs/recipe-book.ts';
import { configureRetention } from '../../../infra/constructs/retention.ts';
import type { SupplierKey } from '../../../infra/constructs/supplier-key.ts';
import { openCleanupDoor } from './cleanup-door.ts';
import { inheritedEnvironment } from './inherited-environment.ts';

/** What a kitchen may be attached to, from the factor on that attaches it. */
export interface KitchenProps {
  /** Folder of the bundle. */
  readonly bundle: string;
  /** What is set outside of the code, where anything is. @default - all of it is in the source */
  readonly config?: { readonly ovenTime: OvenTime; readonly supplierKey: SupplierKey };
  /** @default - the recipes are in the source */
  readonly recipeBook?: RecipeBook;
  /** @default - orders are in the memory of each process */
  readonly orders?: OrderTable;
}

/** What all kitchens are called, and run in. */
export const kitchen = {
  service: 'ordering',
  description: 'Takes orders and bakes them on the spot',
  processEnvironment: inheritedEnvironment,
} as const;

/** How many ovens there are, and so how many orders are served at a time. */
const ovens = 4;

/** Puts in the ovens, and attaches the kitchen to what there is. */
export function equip(kitchen: AttachableFunction, { config, recipeBook, orders }: KitchenProps): void {
  resourceOf(kitchen).reservedConcurrentExecutions = ovens;
  if (config) {
    config.ovenTime.bindBaking(kitchen);
    config.supplierKey.bindBaking(kitchen);
    configureRetention(kitchen);
  }
  recipeBook?.bindBaking(kitchen);
  if (orders) {
    orders.bindOrdering(kitchen);
    openCleanupDoor(kitchen, orders);
  }
}

/** The finished factory turns neither memory nor concurrency, so its constructs have no property for them. */
export function resourceOf({ function: { node } }: AttachableFunction): CfnFunction {
  if (!(node.defaultChild instanceof CfnFunction)) {
    throw new Error(`${node.path} is no function of CloudFormation`);
  }
  return node.defaultChild;
}
