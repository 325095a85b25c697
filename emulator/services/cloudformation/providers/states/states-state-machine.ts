import { CreateStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::StepFunctions::StateMachine". `Ref` is its ARN. */
export function statesStateMachine({ operations, faultsOf }: ServiceOperations['states']): ResourceProvider {
  return {
    type: 'AWS::StepFunctions::StateMachine',
    nameProperty: 'StateMachineName',
    properties: {
      Definition: 'in place',
      DefinitionString: 'in place',
      LoggingConfiguration: 'in place',
      RoleArn: 'in place',
      StateMachineName: 'replacement',
      StateMachineType: 'replacement',
      Tags: 'in place',
      TracingConfiguration: 'in place',
    },
    recorded: {
      LoggingConfiguration: 'executions are not logged',
      Tags: 'no API shows them',
      TracingConfiguration: 'nothing is traced',
    },
    refusals: (properties) => {
      const { StateMachineType = 'STANDARD' } = properties;
      const definition = skeletonOf(properties);
      return [
        ...(StateMachineType === 'STANDARD'
          ? []
          : [`#/StateMachineType: ${StateMachineType} is not served by this endpoint`]),
        ...(definition === undefined ? [] : faultsOf(definition).map((why) => `#/DefinitionString: ${why}`)),
      ];
    },
    create: async (properties, { physicalName }) => {
      const name = textOf(properties['StateMachineName'] ?? physicalName(80), '#/StateMachineName');
      const input = apiInput(CreateStateMachineCommand, { ...settingsOf(properties), name });
      const { stateMachineArn = '' } = await (await operations()).CreateStateMachine(input, internalCall());
      return describe(stateMachineArn);
    },
    update: async (machine, properties) => {
      const stateMachineArn = machine.physicalId;
      const input = apiInput(UpdateStateMachineCommand, { ...settingsOf(properties), stateMachineArn });
      await (await operations()).UpdateStateMachine(input, internalCall());
      return machine;
    },
    delete: ({ physicalId: stateMachineArn }) =>
      unlessGone(async () => (await operations()).DeleteStateMachine({ stateMachineArn }, internalCall())),
  };
}

const settingsOf = ({ Definition, DefinitionString, RoleArn }: Properties): Properties => ({
  definition: documentOf(DefinitionString ?? Definition),
  roleArn: RoleArn,
});

const describe = (Arn: string): Resource => ({
  physicalId: Arn,
  attributes: { Arn, Name: Arn.slice(Arn.lastIndexOf(':') + 1) },
});

/** What stands for whatever is only known when the stack is made: an ARN, for the most part. */
const standIn = 'arn:aws:lambda:region:account:function:name';

/** The definition as far as a template tells it; undefined where that is nothing. */
function skeletonOf({ Definition, DefinitionString }: Properties): string | undefined {
  if (typeof DefinitionString === 'string') {
    return DefinitionString;
  }
  if (DefinitionString === undefined) {
    return Definition === undefined ? undefined : JSON.stringify(Definition);
  }
  const { 'Fn::Join': join, 'Fn::Sub': substituted } = Object(DefinitionString) as Properties;
  const [separator, parts] = Array.isArray(join) ? (join as unknown[]) : [];
  if (typeof separator === 'string' && Array.isArray(parts)) {
    return parts.map((part) => (typeof part === 'string' ? part : standIn)).join(separator);
  }
  const [text] = [substituted].flat() as unknown[];
  return typeof text === 'string' ? text.replace(/\$\{[^!}][^}]*\}/g, standIn) : undefined;
}
