import { Duration } from 'aws-cdk-lib/core';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';

/** How long a baked order is kept, and with it its idempotency key: longer than any client goes on trying. */
const keepBaked = Duration.days(1);

/** When an order that was never baked has expired. */
const expire = Duration.days(7);

/** When an order that was stored but never queued is put back on the queue. */
const requeue = Duration.minutes(5);

/** Tells a function that cleans up how long orders are kept. */
export function configureRetention(cleaner: AttachableFunction): void {
  cleaner.configure(cleanupEnv.keepBakedMinutes, keepBaked.toMinutes());
  cleaner.configure(cleanupEnv.expireMinutes, expire.toMinutes());
  cleaner.configure(cleanupEnv.requeueMinutes, requeue.toMinutes());
}
