import type { Stack } from '@aws-sdk/client-cloudformation';
import { internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, Resource, ResourceContext, ResourceProvider } from '../../provider.ts';
import { textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { tagList } from '../tags.ts';

/** A template that has itself for a nested one would never end. */
const mostLevels = 10;
const allowed = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;

/**
 * A stack within a stack. Source: CloudFormation User Guide, "AWS::CloudFormation::Stack". `Ref` is the nested stack's ID, and
 * `Outputs.NAME` one of its outputs. It is made, changed and deleted like any other, and the stack around it waits for that.
 */
export function nestedStack(cloudformation: ServiceOperations['cloudformation']): ResourceProvider {
  const levels = new Map<string, number>();

  async function settled(StackName: string, signal: AbortSignal): Promise<Stack> {
    for (;;) {
      const { Stacks: [stack] = [] } = await cloudformation().DescribeStacks({ StackName }, internalCall(signal));
      if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) {
        return stack ?? ({} as Stack);
      }
      if (signal.aborted) {
        throw validationError('Resource creation cancelled');
      }
    }
  }

  async function remove(StackName: string, isForced = false): Promise<void> {
    const DeletionMode = isForced ? ('FORCE_DELETE_STACK' as const) : undefined;
    await cloudformation().DeleteStack({ StackName, ...(DeletionMode && { DeletionMode }) }, internalCall());
    const { StackStatus } = await settled(StackName, new AbortController().signal);
    if (StackStatus !== 'DELETE_COMPLETE') {
      throw validationError(`Embedded stack ${StackName} was not successfully deleted: it is ${StackStatus}`);
    }
  }

  /** @throws ValidationError where a stack is not in a state that it was to reach, with the reason that it gives */
  async function outcome(stack: Stack, done: string, wanted: readonly string[]): Promise<Resource> {
    const { StackId = '', StackStatus = '' } = stack;
    if (wanted.includes(StackStatus)) {
      return resourceOf(stack);
    }
    const { StackEvents = [] } = await cloudformation().DescribeStackEvents({ StackName: StackId }, internalCall());
    const reason = StackEvents.find(
      ({ PhysicalResourceId, ResourceStatusReason = '' }) =>
        PhysicalResourceId === StackId && /failed to|cancelled|exceeded/.test(ResourceStatusReason),
    )?.ResourceStatusReason;
    throw validationError(
      `Embedded stack ${StackId} was not successfully ${done}: ${reason ?? `it is ${StackStatus}`}`,
    );
  }

  async function create(properties: Properties, context: ResourceContext): Promise<Resource> {
    const level = (levels.get(context.stackId) ?? 0) + 1;
    if (level > mostLevels) {
      throw validationError(`Stacks are nested more than ${mostLevels} levels deep.`);
    }
    const input = { ...inputOf(properties), StackName: context.physicalName(128), OnFailure: 'ROLLBACK' as const };
    // Its first resource may be a stack, too, which asks at once.
    const { StackId = '' } = await cloudformation().CreateStack(input, internalCall());
    levels.set(StackId, level);
    return complete(
      async () => outcome(await settled(StackId, context.signal), 'created', ['CREATE_COMPLETE']),
      () => remove(StackId, context.signal.aborted),
    );
  }

  return {
    type: 'AWS::CloudFormation::Stack',
    properties: {
      NotificationARNs: 'in place',
      Parameters: 'in place',
      Tags: 'in place',
      TemplateURL: 'in place',
      TimeoutInMinutes: 'in place',
    },
    create,
    update: async (resource, properties, previous, { signal }) => {
      const StackName = resource.physicalId;
      // What the URL leads to may be another template.
      if (isChanged(previous, properties, ['Parameters', 'Tags', 'TemplateURL'])) {
        try {
          await cloudformation().UpdateStack({ ...inputOf(properties), StackName }, internalCall());
        } catch (error) {
          if (!/No updates are to be performed/.test((error as Error).message)) {
            throw error;
          }
          // What the stack around it takes back has been taken back within already.
          return resourceOf(await settled(StackName, signal));
        }
      }
      return outcome(await settled(StackName, signal), 'updated', ['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
    },
    delete: async ({ physicalId }) => {
      await remove(physicalId);
      levels.delete(physicalId);
    },
  };
}

function inputOf({ TemplateURL, Parameters = {}, Tags }: Properties) {
  return {
    TemplateURL: textOf(TemplateURL, '#/TemplateURL'),
    Parameters: Object.entries(Parameters as Properties).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: Array.isArray(value) ? value.join(',') : textOf(value, `#/Parameters/${ParameterKey}`),
    })),
    Capabilities: [...allowed],
    Tags: tagList(Tags),
  };
}

const resourceOf = ({ StackId = '', Outputs = [] }: Stack): Resource => ({
  physicalId: StackId,
  attributes: Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [`Outputs.${OutputKey}`, OutputValue])),
});
