import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { BakeMessage } from '../../functions/baking/bake-batch.ts';
import type { ReceivedOrder } from '../../functions/domain/order.ts';
import type { BakeWatch } from './bake-watch.ts';
import { type HandedOver, handOver, messageOf } from './hand-over.ts';

/** Deliveries until all good orders are recorded: more than one only where a function is ended before it got to them. */
const triesToRecord = 4;
/** Deliveries after that, each of which would record them again if nothing kept it from that. */
const triesToRepeat = 2;
/** A function that failed at once is at work still, and is waited for. */
const recordedWithin = 1_000;

/** A batch of good orders, with one message in it that cannot be handled. */
export interface SpoiledBatch {
  readonly good: readonly ReceivedOrder[];
  readonly bad: BakeMessage;
}

/**
 * Hands a batch over as a queue does, so that what goes back is handed over again: until no good order goes back, or one
 * was recorded twice, or enough deliveries did not record one twice. It counts deliveries, and no time.
 */
export async function redeliver(
  { good, bad }: SpoiledBatch,
  watch: BakeWatch,
  { lambda, functionName }: { readonly lambda: LambdaClient; readonly functionName: string },
): Promise<readonly HandedOver[]> {
  const deliveries: HandedOver[] = [];
  let messages = [...good.map(messageOf), bad];
  const isOneGood = () => messages.some(({ messageId }) => messageId !== bad.messageId);
  const deliverOnce = async () => {
    const delivery = await handOver(lambda, functionName, messages);
    deliveries.push(delivery);
    messages = messages.filter(({ messageId }) => delivery.back.includes(messageId));
    return delivery.end === 'failed' ? recordedWithin : 0;
  };
  for (let tries = 0; tries < triesToRecord && watch.baked < good.length && isOneGood(); tries += 1) {
    await watch.untilBaked(good.length, await deliverOnce());
  }
  for (let tries = 0; tries < triesToRepeat && watch.again === 0 && isOneGood(); tries += 1) {
    await watch.untilAgain(1, await deliverOnce());
  }
  return deliveries;
}

/** What goes back to the queue of a batch, in words. */
export function goesBack({ good, bad }: SpoiledBatch, { back }: HandedOver): string {
  if (back.length === 0) {
    return 'nothing';
  }
  if (back.length > good.length) {
    return 'the whole batch';
  }
  return back.length === 1 && back[0] === bad.messageId ? 'that message' : 'another message';
}

/** Orders that were recorded more than once; not known where one of them never was. */
export const recordedTwice = ({ good }: SpoiledBatch, { again, baked }: BakeWatch): number | undefined =>
  baked < good.length ? undefined : again;

/**
 * The delivery that tells whether a function stops in time: one that answers, with something done in it. On a machine that is
 * very busy nothing may be done in that time, which says nothing of the function.
 */
export const tellsOfTime = ({ good }: SpoiledBatch, { end, back }: HandedOver): boolean =>
  end !== 'answered' || back.length <= good.length;
