import type * as eventbridge from '@aws-sdk/client-eventbridge';
import { tellOfResource } from '../../wire/activity/activity.ts';
import { arn, type Handlers } from '../../wire/operation.ts';
import { limitExceeded, validationException } from './errors.ts';
import { defaultBus, type EventBus, type EventBuses } from './event-bus.ts';
import { pageOf } from './paging.ts';
import { Rule } from './rule.ts';
import { tellOfChange } from './rule-activity.ts';
import { addTags } from './tag-operations.ts';

const maxRules = 300;

/**
 * The operations on rules as such.
 * @param fire is called each time the schedule of a rule comes round
 */
export function ruleOperations(buses: EventBuses, fire: (rule: Rule, time: Date) => void) {
  const newRule = (bus: EventBus, name: string): Rule => {
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
      throw validationException(
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
      );
    }
    if (bus.rules.size >= maxRules) {
      throw limitExceeded();
    }
    const path = bus.name === defaultBus ? name : `${bus.name}/${name}`;
    return new Rule({ name, arn: arn(buses.region, 'events', `rule/${path}`), busName: bus.name }, fire);
  };

  const setEnabled = (rule: Rule, enabled: boolean): Record<never, never> => {
    rule.enabled = enabled;
    tellOfChange(buses.region.activity, rule);
    return {};
  };

  return {
    PutRule: ({ Name = '', EventBusName, Tags, ...input }) => {
      const bus = buses.get(EventBusName);
      const { Description, EventPattern, RoleArn, ScheduleExpression, State } = input;
      if (ScheduleExpression && bus.name !== defaultBus) {
        throw validationException('ScheduleExpression is supported only on the default event bus.');
      }
      const existing = bus.rules.get(Name);
      const rule = existing ?? newRule(bus, Name);
      if (!existing) {
        addTags(rule, Tags);
      }
      rule.define({ Description, EventPattern, RoleArn, ScheduleExpression, State });
      bus.rules.set(Name, rule);
      if (!existing) {
        tellOfResource(buses.region.activity, 'resource.created', 'rule', Name, bus.name);
      }
      tellOfChange(buses.region.activity, rule);
      return { RuleArn: rule.arn };
    },

    DescribeRule: ({ Name, EventBusName }) => describeRule(buses.get(EventBusName).rule(Name)),

    ListRules: ({ NamePrefix = '', EventBusName, ...page }) => {
      const found = buses
        .get(EventBusName)
        .sortedRules()
        .filter(({ name }) => name.startsWith(NamePrefix));
      const { items, ...next } = pageOf(found, ({ name }) => name, page);
      return { Rules: items.map(describeRule), ...next };
    },

    EnableRule: ({ Name, EventBusName }) => setEnabled(buses.get(EventBusName).rule(Name), true),

    DisableRule: ({ Name, EventBusName }) => setEnabled(buses.get(EventBusName).rule(Name), false),

    /** A rule that is not there is no error. */
    DeleteRule: ({ Name = '', EventBusName }) => {
      const bus = buses.get(EventBusName);
      const { rules } = bus;
      const rule = rules.get(Name);
      if (rule && rule.targets.size > 0) {
        throw validationException("Rule can't be deleted since it has targets.");
      }
      rule?.stop();
      if (rules.delete(Name)) {
        tellOfResource(buses.region.activity, 'resource.deleted', 'rule', Name, bus.name);
      }
      return {};
    },
  } satisfies Handlers<typeof eventbridge>;
}

function describeRule({ name, arn: ruleArn, busName, state, definition }: Rule) {
  const { Description, EventPattern, RoleArn, ScheduleExpression } = definition;
  return {
    Name: name,
    Arn: ruleArn,
    ...(EventPattern !== undefined && { EventPattern }),
    ...(ScheduleExpression !== undefined && { ScheduleExpression }),
    State: state,
    ...(Description !== undefined && { Description }),
    ...(RoleArn !== undefined && { RoleArn }),
    EventBusName: busName,
  };
}
