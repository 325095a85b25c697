import type { BakeRecord } from '../../functions/domain/bake-record.ts';
import type { Bake, BakeTicket, Order, OrderReference, ReceivedOrder } from '../../functions/domain/order.ts';
import type { FoundOrders, OrderPage, OrderStore, PageRequest } from '../../functions/domain/ports.ts';
import type { JudgedOrder } from '../../functions/domain/retention.ts';

/**
 * Orders in a drawer of this one kitchen: a variable of the module. Nobody else can look into it, and it is gone with the
 * process.
 */
export class OrderDrawer implements OrderStore {
  readonly #orders = new Map<string, Order>();

  async add(order: ReceivedOrder): Promise<boolean> {
    if (this.#orders.has(order.orderId)) {
      return false;
    }
    this.#orders.set(order.orderId, order);
    return true;
  }

  async find(orderId: string): Promise<Order | undefined> {
    return this.#orders.get(orderId);
  }

  async listByCustomer(customer: string, { limit }: PageRequest): Promise<OrderPage> {
    const orders = [...this.#orders.values()].filter((order) => order.customer === customer);
    return { orders: orders.slice(0, limit) };
  }

  async markQueued({ orderId }: OrderReference, queuedAt: Date): Promise<void> {
    const order = this.#orders.get(orderId);
    if (order) {
      this.#orders.set(orderId, { ...order, queuedAt: queuedAt.toISOString() });
    }
  }

  async recordBake({ orderId }: BakeTicket, bake: Bake): Promise<BakeRecord> {
    const order = this.#orders.get(orderId);
    if (order) {
      this.#orders.set(orderId, { ...order, ...bake, status: 'BAKED' });
    }
    return { outcome: 'recorded' };
  }

  async *findPast(): AsyncGenerator<FoundOrders> {
    yield { examined: this.#orders.size, orders: [...this.#orders.values()], unreadable: [] };
  }

  async remove({ orderId }: JudgedOrder): Promise<boolean> {
    return this.#orders.delete(orderId);
  }
}
