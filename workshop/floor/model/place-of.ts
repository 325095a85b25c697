import type { Place } from '../protocol.ts';
import type { OnFloor } from './floor-things.ts';
import type { OrdersOptions } from './input.ts';
import type { Message } from './queue-model.ts';

const placeOfMessage = { visible: 'belt', inFlight: 'oven', dead: 'deadLetters', gone: 'shelf' } as const;

/** Where something is, by its message, and by what the factory has of what orders go through. */
export function placeOf(
  { orderId, message: own }: OnFloor,
  { isBaked, message }: { readonly isBaked: boolean; readonly message: Message | undefined },
  { hasQueue, hasTable, isTold }: OrdersOptions,
): Place {
  if (orderId === undefined && !own) {
    return 'counter';
  }
  if (message && !isBaked) {
    return isHidden(message) ? 'belt' : placeOfMessage[message.state];
  }
  if (!hasQueue && !hasTable) {
    return 'drawer';
  }
  // Where an endpoint reports no messages, an order that is not baked counts as waiting.
  return hasQueue && !isTold() && !isBaked ? 'belt' : 'shelf';
}

/** Whether no process has it in hand any more, and the queue does not hand it out yet. */
export const isHidden = ({ state, isAbandoned }: Message): boolean => state === 'inFlight' && isAbandoned;
