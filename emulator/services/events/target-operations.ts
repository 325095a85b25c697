import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Handlers } from '../../wire/operation.ts';
import { limitExceeded } from './errors.ts';
import type { EventBuses } from './event-bus.ts';
import { pageOf } from './paging.ts';
import { tellOfChange } from './rule-activity.ts';
import { checkTarget } from './target.ts';

/** How many targets a rule has at the most. */
const maxTargets = 5;

/** The operations on the targets of rules. */
export function targetOperations(buses: EventBuses) {
  return {
    /** All targets or none: a wrong one refuses the request. */
    PutTargets: ({ Rule, EventBusName, Targets = [] }) => {
      const rule = buses.get(EventBusName).rule(Rule);
      const { targets } = rule;
      for (const target of Targets) {
        checkTarget(target);
      }
      if (new Set([...targets.keys(), ...Targets.map(({ Id }) => Id)]).size > maxTargets) {
        throw limitExceeded();
      }
      for (const target of Targets) {
        targets.set(target.Id ?? '', target);
      }
      tellOfChange(buses.region.activity, rule);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    RemoveTargets: ({ Rule, EventBusName, Ids = [] }) => {
      const rule = buses.get(EventBusName).rule(Rule);
      const FailedEntries = Ids.filter((id) => !rule.targets.delete(id)).map((id) => ({
        TargetId: id,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Rule ${Rule} does not have a target with the Id ${id}.`,
      }));
      tellOfChange(buses.region.activity, rule);
      return { FailedEntryCount: FailedEntries.length, FailedEntries };
    },

    ListTargetsByRule: ({ Rule, EventBusName, ...page }) => {
      const { targets } = buses.get(EventBusName).rule(Rule);
      const { items, ...next } = pageOf([...targets.values()], ({ Id }) => Id ?? '', page);
      return { Targets: items, ...next };
    },

    ListRuleNamesByTarget: ({ TargetArn, EventBusName, ...page }) => {
      const found = buses
        .get(EventBusName)
        .sortedRules()
        .filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === TargetArn));
      const { items, ...next } = pageOf(found, ({ name }) => name, page);
      return { RuleNames: items.map(({ name }) => name), ...next };
    },
  } satisfies Handlers<typeof eventbridge>;
}
