import { randomUUID } from 'node:crypto';
import type { Region } from '../../wire/operation.ts';

/** An event on a bus, as a target gets it. See "Event structure reference" of the EventBridge User Guide. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What distinguishes one event from others. */
export interface EventContent {
  readonly detailType: string;
  readonly source: string;
  readonly time: Date;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export function busEvent(region: Region, content: EventContent): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': content.detailType,
    source: content.source,
    account: region.accountId,
    time: content.time.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: region.name,
    resources: content.resources,
    detail: content.detail,
  };
}

/** The event that the targets of a rule get when its schedule fires. */
export function scheduledEvent(region: Region, ruleArn: string, time: Date): BusEvent {
  return busEvent(region, {
    detailType: 'Scheduled Event',
    source: 'aws.events',
    time,
    resources: [ruleArn],
    detail: {},
  });
}
