import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order, OrderReference, ReceivedOrder } from '../../../../../functions/domain/order.ts';
import type { OrderPage, OrderStore } from '../../../../../functions/domain/ports.ts';

const folder = join(tmpdir(), 'orders');

/** Orders in files of the temporary directory. */
export class OrderTableStore implements Pick<OrderStore, 'add' | 'find' | 'listByCustomer' | 'markQueued'> {
  async add(order: ReceivedOrder): Promise<boolean> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, order.orderId), JSON.stringify(order));
    return true;
  }

  async find(orderId: string): Promise<Order | undefined> {
    const text = await readFile(join(folder, orderId), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Order);
  }

  async listByCustomer(): Promise<OrderPage> {
    return { orders: [] };
  }

  async markQueued(_order: OrderReference): Promise<void> {}
}
