import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as cloudformation from '@aws-sdk/client-cloudformation';
import { type Handlers, internalCall } from './wire/operation.ts';

type CloudFormation = Required<Pick<Handlers<typeof cloudformation>, 'CreateStack' | 'DescribeStacks'>>;

/** The stack that `cdk bootstrap` makes, by the name that the CDK CLI looks for. */
const toolkitStack = 'CDKToolkit';

/**
 * Makes a region count as bootstrapped: creates the CDK CLI's own bootstrap stack in it, so that `cdk deploy` finds what
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

const cli = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
const template = join(cli, 'lib', 'api', 'bootstrap', 'bootstrap-template.yaml');
