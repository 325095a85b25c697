import { Duration } from 'aws-cdk-lib';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import type { FactoryFunction } from './factory-function.ts';

export interface RetentionProps {
  /** How long a baked order is kept. @default Duration.days(1) */
  readonly keepBaked?: Duration;
  /** When an order that was never baked has expired. @default Duration.days(7) */
  readonly expire?: Duration;
  /** When an order that was stored but never queued is put back on the queue. @default Duration.minutes(5) */
  readonly requeue?: Duration;
}

/** Tells a function how long orders are kept. */
export function configureRetention(cleaner: FactoryFunction, props: RetentionProps = {}): void {
  cleaner.configure(cleanupEnv.keepBakedMinutes, (props.keepBaked ?? Duration.days(1)).toMinutes());
  cleaner.configure(cleanupEnv.expireMinutes, (props.expire ?? Duration.days(7)).toMinutes());
  cleaner.configure(cleanupEnv.requeueMinutes, (props.requeue ?? Duration.minutes(5)).toMinutes());
}
