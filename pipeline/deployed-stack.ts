import {
  Capability,
  type CloudFormationClient,
  GetTemplateCommand,
  type Parameter,
  paginateListStackResources,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { isInReview, type StackDescription, settledStack } from '../client/cloudformation/describe-stack.ts';
import { UserError } from '../terminal/command-line.ts';

/** What a template with roles needs to be allowed (CloudFormation API Reference, CreateStack). */
export const capabilities = [Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM];

/** Whether an update was refused because it would change nothing. */
export const changesNothing = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('No updates are to be performed');

/** A stack with nothing under way on it. */
export interface DeployedStack extends StackDescription {
  /** The ARNs of its versions of functions: those that its last deploy published. */
  readonly versions: readonly string[];
}

/** Returns a stack once nothing is under way on it any more; undefined where there is none, or it was never made. */
export async function readStack(
  name: string,
  client: CloudFormationClient,
  signal: AbortSignal,
): Promise<DeployedStack | undefined> {
  const stack = await settledStack(name, client, { signal });
  return stack && !isInReview(stack) ? { ...stack, versions: await versionsOf(stack, client) } : undefined;
}

/**
 * No output tells them: an output that changes with the code would have `cdk watch` deploy the whole stack for each change.
 * `Ref` of a version is its ARN (CloudFormation User Guide, "AWS::Lambda::Version").
 */
async function versionsOf({ id }: StackDescription, client: CloudFormationClient): Promise<string[]> {
  const versions: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: id })) {
    for (const { ResourceType, ResourceStatus, PhysicalResourceId } of StackResourceSummaries) {
      const isKept = ResourceType === 'AWS::Lambda::Version' && !ResourceStatus?.startsWith('DELETE');
      versions.push(...(isKept && PhysicalResourceId ? [PhysicalResourceId] : []));
    }
  }
  return versions;
}

/** What is to change about a stack. */
export interface StackChange {
  /** Parameters that are to have another value. */
  readonly parameters: Readonly<Record<string, string>>;
  /** @default - the template that it has */
  readonly template?: object;
}

/** As much of a template as an update has to know. */
interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
}

/**
 * Changes a stack, waits until that is done, and says whether there was anything to do.
 *
 * The template is sent, also where it is the one that the stack has: not every endpoint knows `UsePreviousTemplate`. What
 * has its default is left out, because a parameter that is the name of an SSM parameter is not always told apart from its
 * value where `UsePreviousValue` is asked for (CloudFormation API Reference, UpdateStack).
 *
 * @throws UserError where CloudFormation could not do it and went back to what there was
 */
export async function updateStack(
  stack: DeployedStack,
  { parameters, template }: StackChange,
  client: CloudFormationClient,
  signal: AbortSignal,
): Promise<boolean> {
  const body = template ? JSON.stringify(template) : await templateOf(stack, client);
  const update = new UpdateStackCommand({
    StackName: stack.id,
    TemplateBody: body,
    Parameters: parametersOf(stack, JSON.parse(body) as Template, parameters),
    Capabilities: capabilities,
  });
  try {
    await client.send(update);
  } catch (error) {
    if (changesNothing(error)) {
      return false;
    }
    throw error;
  }
  const updated = await readStack(stack.id, client, signal);
  if (updated?.status !== 'UPDATE_COMPLETE') {
    const why = updated?.statusReason ? `: ${updated.statusReason}` : '';
    throw new UserError(`${stack.name} could not be updated and is in ${updated?.status ?? 'no state'}${why}`);
  }
  return true;
}

/** The template of a stack that CDK deployed, which is JSON. */
async function templateOf({ id }: DeployedStack, client: CloudFormationClient): Promise<string> {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: id }));
  return TemplateBody;
}

function parametersOf(
  stack: DeployedStack,
  { Parameters: declared = {} }: Template,
  changed: StackChange['parameters'],
): Parameter[] {
  return Object.entries(declared).flatMap(([key, { Type = '', Default }]): Parameter[] => {
    const [value, before] = [changed[key], stack.parameters[key]];
    if (value !== undefined && value !== before) {
      return [{ ParameterKey: key, ParameterValue: value }];
    }
    const isBySsm = Type.startsWith('AWS::SSM::Parameter::Value');
    const hasDefault = Default !== undefined && (isBySsm || String(Default) === before);
    return hasDefault || before === undefined ? [] : [{ ParameterKey: key, UsePreviousValue: true }];
  });
}
