import { isDeepStrictEqual } from 'node:util';
import type { Change as ApiChange, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { type Change, changeOf, type PropertyChange } from '../deployment/change.ts';
import { retains } from '../deployment/deployment.ts';
import { deploymentScope, presentResource } from '../deployment/deployment-context.ts';
import type { Engine } from '../engine.ts';
import type { Desired, Preview, StackResource } from '../model.ts';
import type { Properties, ResourceProvider } from '../provider.ts';
import { resolveOutputs } from '../stack/outputs.ts';
import type { Stack } from '../stack/stack.ts';
import { creationOrder } from '../template/graph.ts';
import { isUnknown, resolve, type Scope } from '../template/intrinsics.ts';
import { visitReferences } from '../template/references.ts';
import type { ResourceDefinition } from '../template/template.ts';

/**
 * Works out what a deployment would change, without doing any of it. What depends on a resource that is still to be
 * made reads `{{changeSet:KNOWN_AFTER_APPLY}}`. See "ResourceChange" of the CloudFormation API Reference.
 */
export function previewOf(engine: Engine, stack: Stack, desired: Desired): Preview {
  const unsettled = new Set<string>();
  const resource = (logicalId: string) => {
    if (!desired.graph.has(logicalId)) {
      return undefined;
    }
    return unsettled.has(logicalId) ? 'unknown' : (presentResource(stack.resources.get(logicalId)) ?? 'unknown');
  };
  const scope = deploymentScope({ engine, stack }, desired, { resource });
  const maskedScope = deploymentScope({ engine, stack }, desired, { resource, masked: true });
  const changes: ResourceChange[] = [];
  for (const logicalId of creationOrder(desired.graph)) {
    const definition = desired.template.resources.get(logicalId);
    if (!definition) {
      continue;
    }
    const present = stack.resources.get(logicalId);
    const properties = propertiesOf(definition, scope);
    const provider = engine.types.get(definition.Type);
    const change = changeOf(present, definition, properties, provider);
    if (change.kind === 'replacement' || change.kind === 'add') {
      unsettled.add(logicalId);
    }
    const shown = propertiesOf(definition, maskedScope);
    const described = describe({ logicalId, definition, present, properties, shown, change, provider, unsettled });
    if (described) {
      changes.push(described);
    }
  }
  for (const record of stack.resources.values()) {
    if (!desired.graph.has(record.logicalId) && record.status !== 'DELETE_COMPLETE') {
      changes.push(removalOf(record));
    }
  }
  return {
    changes: changes.map((ResourceChange) => ({ Type: 'Resource', ResourceChange })),
    isEmpty: changes.length === 0 && !outputsChange(stack, desired, scope) && !tagsChange(stack, desired),
  };
}

const propertiesOf = (definition: ResourceDefinition, scope: Scope): Properties =>
  (resolve(definition.Properties, scope) ?? {}) as Properties;

function outputsChange(stack: Stack, desired: Desired, scope: Scope): boolean {
  return !isDeepStrictEqual(resolveOutputs(desired, scope), stack.deployed?.outputs ?? []);
}

function tagsChange(stack: Stack, { tags }: Desired): boolean {
  const asText = (list: Desired['tags']): string[] => list.map(({ Key, Value }) => `${Key}=${Value}`).sort();
  return !isDeepStrictEqual(asText(tags), asText(stack.deployed?.desired.tags ?? []));
}

interface Compared {
  readonly logicalId: string;
  readonly definition: ResourceDefinition;
  readonly present: StackResource | undefined;
  readonly properties: Properties;
  readonly shown: Properties;
  readonly change: Change;
  readonly provider: ResourceProvider;
  /** Logical ids whose physical ids will only be known later. */
  readonly unsettled: ReadonlySet<string>;
}

function describe(compared: Compared): ResourceChange | undefined {
  const { logicalId, definition, present, shown, change } = compared;
  const { kind } = change;
  if (kind === 'none') {
    return undefined;
  }
  const named = { LogicalResourceId: logicalId, ResourceType: definition.Type };
  const AfterContext = contextOf(definition, shown);
  if (kind === 'add') {
    return { Action: 'Add', ...named, Scope: [], Details: [], AfterContext };
  }
  const replacement = replacementOf(compared);
  return {
    ...(kind === 'replacement' && {
      PolicyAction: retains(definition.UpdateReplacePolicy) ? 'ReplaceAndRetain' : 'ReplaceAndDelete',
    }),
    Action: 'Modify',
    ...named,
    PhysicalResourceId: present?.resource?.physicalId,
    Replacement: replacement,
    Scope: [...(change.properties.length > 0 ? ['Properties' as const] : []), ...change.attributes],
    Details: [
      ...change.properties.map((property) => detailOf(compared, property)),
      ...change.attributes.map(
        (Attribute): ResourceChangeDetail => ({
          Target: { Attribute, RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'DirectModification',
        }),
      ),
    ],
    BeforeContext: present && contextOf(present.definition, present.shown),
    AfterContext,
  };
}

/** `Conditional` where it hangs on a value that may turn out to be what it was. */
function replacementOf({ change, properties }: Compared): 'True' | 'False' | 'Conditional' {
  const demanding = change.properties.filter(({ requires }) => requires === 'replacement');
  if (demanding.length === 0) {
    return 'False';
  }
  return demanding.every(({ name }) => isUnknown(properties[name])) ? 'Conditional' : 'True';
}

function detailOf(compared: Compared, { name, requires }: PropertyChange): ResourceChangeDetail {
  const { definition, present, properties, shown } = compared;
  const [before, after] = [present?.shown[name], shown[name]];
  return {
    Target: {
      Attribute: 'Properties',
      Name: name,
      Path: `/Properties/${name}`,
      RequiresRecreation: requires === 'replacement' ? 'Always' : 'Never',
      AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
      ...(before !== undefined && { BeforeValue: textOf(before) }),
      ...(after !== undefined && { AfterValue: textOf(after) }),
    },
    Evaluation: isUnknown(properties[name]) ? 'Dynamic' : 'Static',
    ...causeOf(compared, definition.Properties?.[name], present?.definition.Properties?.[name]),
  };
}

/** Whether a property was rewritten, or only something that it refers to has changed. */
function causeOf(
  { unsettled }: Compared,
  after: unknown,
  before: unknown,
): Pick<ResourceChangeDetail, 'ChangeSource' | 'CausingEntity'> {
  if (!isDeepStrictEqual(before, after)) {
    return { ChangeSource: 'DirectModification' };
  }
  const references: { readonly name: string; readonly attribute: string | undefined }[] = [];
  visitReferences(after, { reference: (name, attribute) => references.push({ name, attribute }) });
  const cause = references.find(({ name }) => unsettled.has(name));
  if (!cause) {
    return { ChangeSource: 'ParameterReference' };
  }
  return cause.attribute === undefined
    ? { ChangeSource: 'ResourceReference', CausingEntity: cause.name }
    : { ChangeSource: 'ResourceAttribute', CausingEntity: `${cause.name}.${cause.attribute}` };
}

function removalOf({ logicalId, definition, resource, shown }: StackResource): ResourceChange {
  return {
    PolicyAction: retains(definition.DeletionPolicy) ? 'Retain' : 'Delete',
    Action: 'Remove',
    LogicalResourceId: logicalId,
    PhysicalResourceId: resource?.physicalId,
    ResourceType: definition.Type,
    Scope: [],
    Details: [],
    BeforeContext: contextOf(definition, shown),
  };
}

function contextOf({ Metadata, DeletionPolicy, UpdateReplacePolicy }: ResourceDefinition, shown: Properties): string {
  return JSON.stringify({ Properties: shown, Metadata, DeletionPolicy, UpdateReplacePolicy });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Changes as DescribeChangeSet lists them without `IncludePropertyValues`. */
export function withoutValues(changes: readonly ApiChange[]): ApiChange[] {
  return changes.map(({ Type, ResourceChange = {} }) => {
    const { BeforeContext: _before, AfterContext: _after, Details = [], ...change } = ResourceChange;
    return { Type, ResourceChange: { ...change, Details: Details.map(withoutValue) } };
  });
}

function withoutValue({ Target = {}, ...detail }: ResourceChangeDetail): ResourceChangeDetail {
  const { Attribute, Name, RequiresRecreation } = Target;
  return { Target: { Attribute, Name, RequiresRecreation }, ...detail };
}
