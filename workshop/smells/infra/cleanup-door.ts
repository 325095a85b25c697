import type { AttachableFunction } from '../../../infra/constructs/attachable-function.ts';
import type { OrderTable } from '../../../infra/constructs/order-table.ts';
import { configureRetention } from '../../../infra/constructs/retention.ts';

/** Cleaning up is a path on the front door, so the front door may do all that cleaning takes. */
export function openCleanupDoor(door: AttachableFunction, orders: OrderTable): void {
  orders.bindCleanup(door);
  configureRetention(door);
}
