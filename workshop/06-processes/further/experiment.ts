import { accepted, placeOrders, readOrder } from '../../../client/factory/order-client.ts';
import type { Order } from '../../../functions/domain/order.ts';
import { experiment } from '../../experiment/experiment.ts';
import { faultsAt } from '../../experiment/fault-port.ts';
import { atLeast, exactly } from '../../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../../experiment/snapshot-under-test.ts';

const orders = 24;
const concurrency = 4;

/** The end of factor 6: a number that counts up, given out by processes that come and go. */
export const proof = experiment({
  question: 'Does every order have a ticket of its own, whichever process took it?',
  observables: {
    ownTicket: {
      kind: 'gate',
      title: `orders of ${orders} with a ticket that no other has`,
      must: exactly(orders),
      lookAt:
        '`let ticket = 0` counts for one process, and starts anew with the next: keep the last ticket in an item, and let `ADD` count and answer in one step.',
    },
    accepted: { kind: 'guard', title: 'orders accepted', must: exactly(orders) },
    environments: { kind: 'guard', timed: true, title: 'environments that served, and then died', must: atLeast(2) },
  },
  needs: ['faults'],
  async observe(snapshot) {
    const { OrderingUrl = '', OrderingFunction = '' } = snapshot.outputs();
    const faults = faultsAt(snapshot.endpoint);
    const { signal } = snapshot;
    snapshot.report('placing orders before and after the environments die');
    const body = () => ({ customer: 'ada', items: [{ recipe: 'sticky-dough', quantity: 8 }] });
    const some = accepted(await placeOrders(OrderingUrl, orders / 2, { concurrency, body, signal }));
    const environments = await faults.kill(OrderingFunction);
    const others = accepted(await placeOrders(OrderingUrl, orders / 2, { concurrency, body, signal }));
    const tickets = await ticketsOf([...some, ...others], OrderingUrl, snapshot);
    const ownTicket = tickets.filter((ticket) => tickets.filter((other) => other === ticket).length === 1).length;
    return { ownTicket, accepted: some.length + others.length, environments };
  },
});

/** The tickets of orders as they can be read back; an order without one has none. */
async function ticketsOf(placed: readonly Order[], url: string, { signal }: SnapshotUnderTest): Promise<number[]> {
  const tickets: number[] = [];
  for (const { orderId } of placed) {
    const { ticket } = { ...(await readOrder(url, orderId, { signal })) } as { readonly ticket?: unknown };
    if (typeof ticket === 'number') {
      tickets.push(ticket);
    }
  }
  return tickets;
}
