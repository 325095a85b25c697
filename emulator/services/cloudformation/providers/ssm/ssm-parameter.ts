import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { ifPresent, unlessGone } from '../gone.ts';
import { isChanged, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';

const ResourceType = 'Parameter';
const settingNames = ['AllowedPattern', 'DataType', 'Description', 'Tier', 'Type', 'Value'];

/** Source: CloudFormation User Guide, "AWS::SSM::Parameter". `Ref` is the parameter's name. */
export function ssmParameter(ssm: ServiceOperations['ssm']): ResourceProvider {
  return {
    type: 'AWS::SSM::Parameter',
    nameProperty: 'Name',
    properties: {
      AllowedPattern: 'in place',
      DataType: 'in place',
      Description: 'in place',
      Name: 'replacement',
      Tags: 'in place',
      Tier: 'in place',
      Type: 'in place',
      Value: 'in place',
    },
    create: async (properties, { physicalName }) => {
      refuseSecureString(properties);
      const { Tags, ...settings } = properties;
      // PutParameter takes tags only for a new parameter, which is what this one must be.
      const input = apiInput(PutParameterCommand, {
        ...settings,
        Name: properties['Name'] ?? physicalName(1011),
        Tags: tagList(Tags),
      });
      await ssm.PutParameter(input, internalCall());
      return describe(input.Name ?? '', properties);
    },
    update: async ({ physicalId: Name }, properties, previous) => {
      refuseSecureString(properties);
      if (isChanged(previous, properties, settingNames)) {
        const { Tags: _tags, ...settings } = withDefaults(previous, properties, {
          AllowedPattern: '',
          Description: '',
          DataType: 'text',
        });
        await ssm.PutParameter(apiInput(PutParameterCommand, { ...settings, Name, Overwrite: true }), internalCall());
      }
      await changeTags(previous, properties, {
        set: (tags) => ssm.AddTagsToResource({ ResourceType, ResourceId: Name, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => ssm.RemoveTagsFromResource({ ResourceType, ResourceId: Name, TagKeys }, internalCall()),
      });
      return describe(Name, properties);
    },
    delete: ({ physicalId: Name }) => unlessGone(() => ssm.DeleteParameter({ Name }, internalCall())),
    read: async ({ physicalId }) => {
      const { Type, Value, DataType } = (await named(physicalId)) ?? {};
      return Type && { Type, Value, DataType };
    },
    identifier: 'Name',
    find: async (name) => {
      const { Type, Value } = (await named(name)) ?? {};
      return Type && describe(name, { Type, Value });
    },
  };

  async function named(Name: string) {
    return (await ifPresent(() => ssm.GetParameter({ Name }, internalCall())))?.Parameter;
  }
}

/** CloudFormation does not make these: their value would stand in the template. */
function refuseSecureString({ Type }: Properties): void {
  if (Type === 'String' || Type === 'StringList') {
    return;
  }
  throw validationError(
    `Properties validation failed with message: #/Type: ${Type} is not a valid enum value: String and StringList are.`,
  );
}

const describe = (name: string, { Type, Value }: Properties): Resource => ({
  physicalId: name,
  attributes: { Type, Value: textOf(Value, '#/Value') },
});
