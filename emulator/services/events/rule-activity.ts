import { clipped, type RegionActivity } from '../../wire/activity/activity.ts';
import { longestText, type RuleState } from '../../wire/activity/event.ts';
import type { BusEvent } from './event.ts';
import type { Rule } from './rule.ts';

/** A rule as a snapshot shows it. */
export const stateOf = ({ name, busName, state, definition, targets }: Rule): RuleState => ({
  name,
  bus: busName,
  enabled: state !== 'DISABLED',
  ...(definition.ScheduleExpression && { schedule: definition.ScheduleExpression }),
  targets: arnsOf(targets),
});

/** Tells that a rule was put, enabled or disabled, or that its targets are others. */
export function tellOfChange(activity: RegionActivity | undefined, rule: Rule): void {
  if (activity?.isRead) {
    const { name, ...state } = stateOf(rule);
    activity.publish({ type: 'rule.changed', rule: name, ...state });
  }
}

/** Tells that a rule hands an event to its targets. */
export function tellOfFiring(activity: RegionActivity | undefined, { name, busName, targets }: Rule, event: BusEvent) {
  if (!activity?.isRead) {
    return;
  }
  activity.publish({
    type: 'rule.fired',
    rule: name,
    bus: busName,
    eventId: event.id,
    source: clipped(event.source, longestText),
    detailType: clipped(event['detail-type'], longestText),
    targets: arnsOf(targets),
  });
}

const arnsOf = (targets: Rule['targets']): string[] => [...targets.values()].map(({ Arn = '' }) => Arn);
