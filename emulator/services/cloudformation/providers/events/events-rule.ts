import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { AwsError, internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceContext, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';

const settingNames = ['Description', 'EventPattern', 'RoleArn', 'ScheduleExpression', 'State'];

/** Source: CloudFormation User Guide, "AWS::Events::Rule". `Ref` is the rule's name; on a bus of its own `bus|name`. */
export function eventsRule(events: ServiceOperations['events']): ResourceProvider {
  return {
    type: 'AWS::Events::Rule',
    nameProperty: 'Name',
    properties: {
      Description: 'in place',
      EventBusName: 'replacement',
      EventPattern: 'in place',
      Name: 'replacement',
      RoleArn: 'in place',
      ScheduleExpression: 'in place',
      State: 'in place',
      Tags: 'in place',
      Targets: 'in place',
    },
    create: async (properties, context) => {
      // A target without an id is refused before there is a rule to take away again.
      targetIds(properties);
      const rule = await putRule(nameOf(properties, context), properties, tagList(properties['Tags']));
      return complete(
        async () => {
          await changeTargets(rule, {}, properties);
          return rule;
        },
        () => remove(rule, properties),
      );
    },
    update: async (rule, properties, previous) => {
      if (isChanged(previous, properties, settingNames)) {
        await putRule(ruleName(rule), properties);
      }
      await changeTargets(rule, previous, properties);
      const ResourceARN = String(rule.attributes['Arn']);
      await changeTags(previous, properties, {
        set: (tags) => events.TagResource({ ResourceARN, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => events.UntagResource({ ResourceARN, TagKeys }, internalCall()),
      });
      return rule;
    },
    delete: remove,
  };

  /** PutRule sets what it is given and clears the rest; it takes tags for a new rule only. */
  async function putRule(Name: string, properties: Properties, Tags?: unknown): Promise<Resource> {
    const { EventPattern, Targets: _targets, Tags: _tags, ...settings } = properties;
    const pattern = documentOf(EventPattern);
    const input = apiInput(PutRuleCommand, { ...settings, Name, EventPattern: pattern, Tags });
    const { RuleArn } = await events.PutRule(input, internalCall());
    const bus = properties['EventBusName'];
    const ownBus = bus !== undefined && bus !== 'default';
    return { physicalId: ownBus ? `${bus}|${Name}` : Name, attributes: { Arn: RuleArn } };
  }

  async function changeTargets(rule: Resource, previous: Properties, properties: Properties): Promise<void> {
    const at = { Rule: ruleName(rule), ...busOf(properties) };
    const wanted = new Set(targetIds(properties));
    const Ids = targetIds(previous).filter((id) => !wanted.has(id));
    if (Ids.length > 0) {
      await unlessGone(() => events.RemoveTargets({ ...at, Ids }, internalCall()));
    }
    if (wanted.size === 0 || !isChanged(previous, properties, ['Targets'])) {
      return;
    }
    const input = apiInput(PutTargetsCommand, { ...at, Targets: properties['Targets'] });
    const { FailedEntries: [failed] = [] } = await events.PutTargets(input, internalCall());
    if (failed) {
      throw new AwsError(failed.ErrorCode ?? 'InternalFailure', `${failed.TargetId}: ${failed.ErrorMessage}`);
    }
  }

  async function remove(rule: Resource, properties: Properties): Promise<void> {
    const Ids = targetIds(properties);
    const at = busOf(properties);
    await unlessGone(async () => {
      if (Ids.length > 0) {
        await events.RemoveTargets({ ...at, Rule: ruleName(rule), Ids }, internalCall());
      }
      await events.DeleteRule({ ...at, Name: ruleName(rule) }, internalCall());
    });
  }
}

const nameOf = ({ Name }: Properties, { physicalName }: ResourceContext): string =>
  textOf(Name ?? physicalName(64), '#/Name');

const ruleName = ({ physicalId }: Resource): string => physicalId.slice(physicalId.lastIndexOf('|') + 1);

function busOf({ EventBusName }: Properties): { EventBusName?: string } {
  return EventBusName === undefined ? {} : { EventBusName: textOf(EventBusName, '#/EventBusName') };
}

function targetIds({ Targets = [] }: Properties): string[] {
  return (Targets as Properties[]).map(({ Id }, i) => textOf(Id, `#/Targets/${i}/Id`));
}
