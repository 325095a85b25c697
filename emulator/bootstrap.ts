import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as cloudformation from '@aws-sdk/client-cloudformation';
import { type Handlers, internalCall } from './wire/operation.ts';

type CloudFormation = Required<Pick<Handlers<typeof cloudformation>, 'CreateStack' | 'DescribeStacks'>>;

/** The stack that `cdk bootstrap` makes, by the name that the CDK CLI looks for. */
const toolkitStack = 'CDKToolkit';

/**
 * Makes a region count as bootstrapped: creates the CDK CLI's bootstrap stack in it, so that `cdk deploy` finds what
 * it needs and `cdk bootstrap` finds nothing to change. Source: AWS CDK Developer Guide, "Bootstrap your environment".
 */
export async function bootstrap(operations: CloudFormation): Promise<void> {
  const TemplateBody = await readFile(template, 'utf8');
  const Capabilities: cloudformation.Capability[] = ['CAPABILITY_NAMED_IAM'];
  await operations.CreateStack({ StackName: toolkitStack, TemplateBody, Capabilities }, internalCall());
  const { Stacks = [] } = await operations.DescribeStacks({ StackName: toolkitStack }, internalCall());
  const [stack] = Stacks;
  if (stack?.StackStatus !== 'CREATE_COMPLETE') {
    throw new Error(`${toolkitStack} could not be created: ${stack?.StackStatus} ${stack?.StackStatusReason ?? ''}`);
  }
}

/**
 * What the CDK CLI's own says, so that the endpoint needs no CLI; a test holds it against the one that is installed. It is
 * JSON, because every region reads it, and to read the CLI's YAML takes four times as long as to make the stack.
 */
const template = join(import.meta.dirname, 'bootstrap', 'bootstrap-template.json');
