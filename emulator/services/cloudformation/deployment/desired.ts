import type {
  Capability,
  DeploymentConfig,
  Parameter,
  RollbackConfiguration,
  Tag,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/operation.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { Desired } from '../model.ts';
import type { Stack } from '../stack/stack.ts';
import { checkCapabilities } from '../template/capabilities.ts';
import { resolveConditions } from '../template/conditions.ts';
import { dependencyGraph } from '../template/graph.ts';
import { resolveParameters } from '../template/parameters.ts';
import { assertRules } from '../template/rules.ts';
import { createScope } from '../template/scope.ts';
import { parseTemplate, type Template } from '../template/template.ts';
import { checkActiveReferences, checkReferences } from '../template/template-check.ts';
import { readTemplate } from '../template/template-reader.ts';
import { type TemplateSource, templateText } from '../template/template-source.ts';

/** The members that CreateStack, UpdateStack and CreateChangeSet share. */
export interface DesiredInput extends TemplateSource {
  readonly Parameters?: readonly Parameter[] | undefined;
  readonly Capabilities?: readonly Capability[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly RoleARN?: string | undefined;
  readonly DeploymentConfig?: DeploymentConfig | undefined;
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly ResourceTypes?: readonly string[] | undefined;
  readonly RollbackConfiguration?: RollbackConfiguration | undefined;
  readonly StackPolicyBody?: string | undefined;
  readonly StackPolicyURL?: string | undefined;
  readonly TimeoutInMinutes?: number | undefined;
}

/** Reads and checks what a request wants of a stack. Whatever is wrong with it is an error here, before anything is done. */
export async function readDesired(engine: Engine, stack: Stack, input: DesiredInput): Promise<Desired> {
  refuseUnserved(input);
  const { region, deps } = engine;
  const previous = stack.desired;
  const text = await templateText(input, previous?.template.body, region.endpoint, deps.getObject);
  const template = parseTemplate(text, await readTemplate(text), (name) => givenParameter(name, input, previous));
  checkReferences(template);
  checkCapabilities(template, input.Capabilities ?? []);
  const getParameter = (name: string): string | undefined => deps.getParameter(name);
  const parameters = resolveParameters(template.parameters, input.Parameters ?? [], previous?.parameters, getParameter);
  const surroundings = { region, stackId: stack.id, stackName: stack.name, parameters, getParameter };
  const conditions = resolveConditions(template.conditions, (condition) =>
    createScope(template, { ...surroundings, condition }),
  );
  const condition = conditionOf(conditions);
  assertRules(template.rules, createScope(template, { ...surroundings, condition }));
  const graph = dependencyGraph(template, condition);
  checkActiveReferences(template, graph, condition);
  engine.types.check(template, graph, condition);
  refuseOtherTypes(stack, template);
  return {
    template,
    parameters,
    conditions,
    graph,
    tags: input.Tags ?? previous?.tags ?? [],
    capabilities: input.Capabilities ?? [],
    roleArn: input.RoleARN ?? previous?.roleArn,
    deploymentConfig: input.DeploymentConfig,
  };
}

/** A parameter as a request gives it, before it is known what parameters there are. */
function givenParameter(
  name: string,
  { Parameters = [] }: DesiredInput,
  previous: Desired | undefined,
): string | undefined {
  const given = Parameters.find(({ ParameterKey }) => ParameterKey === name);
  const before = previous?.parameters.get(name)?.value;
  return given?.UsePreviousValue || !given ? textOrUndefined(before) : given.ParameterValue;
}

const textOrUndefined = (value: unknown): string | undefined =>
  Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : undefined;

/** Looks conditions up; one that does not exist has been refused when the template was checked. */
export function conditionOf(conditions: ReadonlyMap<string, boolean>): (name: string) => boolean {
  return (name) => conditions.get(name) ?? false;
}

/** Options that would change what is done are refused rather than ignored. */
function refuseUnserved(input: DesiredInput): void {
  const unserved = {
    NotificationARNs: input.NotificationARNs?.length,
    ResourceTypes: input.ResourceTypes?.length,
    'RollbackConfiguration.RollbackTriggers': input.RollbackConfiguration?.RollbackTriggers?.length,
    StackPolicyBody: input.StackPolicyBody,
    StackPolicyURL: input.StackPolicyURL,
    TimeoutInMinutes: input.TimeoutInMinutes,
  };
  const [name] = Object.entries(unserved).find(([, value]) => Boolean(value)) ?? [];
  if (name) {
    throw notServed(name);
  }
}

export const notServed = (option: string): AwsError =>
  new AwsError('NotImplemented', `cloudformation: the option ${option} is not served by this endpoint.`, 501);

function refuseOtherTypes(stack: Stack, template: Template): void {
  const changed = [...template.resources].filter(([id, { Type }]) => {
    const present = stack.resources.get(id);
    return present && present.status !== 'DELETE_COMPLETE' && present.definition.Type !== Type;
  });
  if (changed.length === 0) {
    return;
  }
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.map(([id]) => id).join(', ')}]`,
  );
}
