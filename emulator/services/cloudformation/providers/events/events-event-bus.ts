import { CreateEventBusCommand, UpdateEventBusCommand } from '@aws-sdk/client-eventbridge';
import { arn, internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';

const settingDefaults = { DeadLetterConfig: {}, Description: '', KmsKeyIdentifier: '' };
const settingNames = Object.keys(settingDefaults);

/** Source: CloudFormation User Guide, "AWS::Events::EventBus". `Ref` is the bus's name. */
export function eventsEventBus(events: ServiceOperations['events']): ResourceProvider {
  return {
    type: 'AWS::Events::EventBus',
    nameProperty: 'Name',
    properties: {
      DeadLetterConfig: 'in place',
      Description: 'in place',
      KmsKeyIdentifier: 'in place',
      Name: 'replacement',
      Tags: 'in place',
    },
    create: async (properties, { region }) => {
      const Name = textOf(properties['Name'], '#/Name');
      const input = apiInput(CreateEventBusCommand, { ...pick(properties, settingNames), Name });
      await events.CreateEventBus({ ...input, Tags: tagList(properties['Tags']) }, internalCall());
      return { physicalId: Name, attributes: { Arn: arn(region, 'events', `event-bus/${Name}`), Name } };
    },
    update: async (bus, properties, previous) => {
      if (isChanged(previous, properties, settingNames)) {
        const settings = pick(withDefaults(previous, properties, settingDefaults), settingNames);
        await events.UpdateEventBus(
          apiInput(UpdateEventBusCommand, { ...settings, Name: bus.physicalId }),
          internalCall(),
        );
      }
      const ResourceARN = String(bus.attributes['Arn']);
      await changeTags(previous, properties, {
        set: (tags) => events.TagResource({ ResourceARN, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => events.UntagResource({ ResourceARN, TagKeys }, internalCall()),
      });
      return bus;
    },
    delete: ({ physicalId: Name }) => unlessGone(() => events.DeleteEventBus({ Name }, internalCall())),
  };
}
