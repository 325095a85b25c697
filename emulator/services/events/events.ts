import * as eventbridge from '@aws-sdk/client-eventbridge';
import type { RuleState } from '../../wire/activity/event.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { Turn } from '../../wire/turn.ts';
import { busOperations } from './bus-operations.ts';
import { Delivery } from './delivery.ts';
import { notServed } from './errors.ts';
import { type BusEvent, busEvent, type EventContent, scheduledEvent } from './event.ts';
import { type EventBus, EventBuses } from './event-bus.ts';
import { permissionOperations } from './permission-operations.ts';
import { putEventsOperations } from './put-events.ts';
import type { Rule } from './rule.ts';
import { stateOf, tellOfFiring } from './rule-activity.ts';
import { ruleOperations } from './rule-operations.ts';
import type { EventsDeps } from './sending.ts';
import { tagOperations } from './tag-operations.ts';
import { destinationOf } from './target.ts';
import { targetOperations } from './target-operations.ts';

const model = serviceModel('events', eventbridge);

/**
 * EventBridge: rules that fire by schedule or by event, on the default bus and on custom ones, for Lambda functions, SQS
 * queues, SNS topics, log groups and other buses of the region ("Sending and receiving events between event buses" in the EventBridge User
 * Guide). Not served: other targets, archives, replays, pipes, partner and cross-account events.
 */
export function createEvents(region: Region, deps: EventsDeps) {
  const buses = new EventBuses(region);
  const forwarded = new WeakSet<BusEvent>();
  const delivery = new Delivery(region, {
    ...deps,
    forward: (busArn, text) => {
      const bus = buses.get(busArn);
      if (bus.arn !== busArn) {
        throw notServed(`The target ${busArn}, of another region or account, is`);
      }
      const event: BusEvent = JSON.parse(text);
      forwarded.add(event);
      void publish(bus, event, new Turn());
    },
  });

  const deliver = (rule: Rule, event: BusEvent): void => {
    tellOfFiring(region.activity, rule, event);
    const { name, arn, targets } = rule;
    const origin = { ruleName: name, ruleArn: arn, ingested: new Date() };
    for (const target of targets.values()) {
      // What came from another bus goes to no third: so two that lead to each other come to an end.
      if (!(forwarded.has(event) && destinationOf(target.Arn ?? '').kind === 'bus')) {
        delivery.start(target, event, origin);
      }
    }
  };
  const fire = (rule: Rule, time: Date): void => deliver(rule, scheduledEvent(region, rule.arn, time));
  const publish = async ({ rules }: EventBus, event: BusEvent, turn: Turn): Promise<void> => {
    for (const rule of [...rules.values()]) {
      // Hundreds of rules may each look through a megabyte.
      if (turn.isOver) {
        await turn.pass();
      }
      if (rule.matches(event)) {
        deliver(rule, event);
      }
    }
  };

  const operations = {
    ...busOperations(buses),
    ...permissionOperations(buses),
    ...ruleOperations(buses, fire),
    ...targetOperations(buses),
    ...putEventsOperations(buses, publish),
    ...tagOperations(buses),
  } satisfies Handlers<typeof eventbridge>;

  return {
    service: service<typeof eventbridge>(model, operations),
    operations,
    /** Takes an event of another service of AWS's, such as S3. */
    emit: (content: EventContent): void => {
      const bus = buses.find(undefined);
      if (bus) {
        void publish(bus, busEvent(region, content), new Turn());
      }
    },
    /** What there is now. */
    states: (): RuleState[] => buses.sorted().flatMap((bus) => bus.sortedRules().map(stateOf)),
    close: async (): Promise<void> => {
      for (const bus of buses.sorted()) {
        for (const rule of bus.rules.values()) {
          rule.stop();
        }
      }
      await delivery.close();
    },
  };
}
