import { type Capability, InsufficientCapabilitiesException } from '@aws-sdk/client-cloudformation';
import type { Template } from './template.ts';

/** IAM types that need to be acknowledged, with the property that would name one. */
const iamNames: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

export interface RequiredCapability {
  readonly capability: Capability;
  readonly reason: string;
}

/** The capability that a template's IAM resources ask for, if it has any. */
export function requiredCapability(template: Template): RequiredCapability | undefined {
  const resources = [...template.resources.values()].filter(({ Type }) => Object.hasOwn(iamNames, Type));
  if (resources.length === 0) {
    return undefined;
  }
  const named = resources.some(({ Type, Properties = {} }) => Object.hasOwn(Properties, iamNames[Type] ?? ''));
  const types = [...new Set(resources.map(({ Type }) => Type))];
  return {
    capability: named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM',
    reason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
  };
}

/** Throws InsufficientCapabilitiesException where a template's IAM resources were not acknowledged. */
export function checkCapabilities(template: Template, acknowledged: readonly string[]): void {
  const required = requiredCapability(template)?.capability;
  if (!required || acknowledged.includes(required) || acknowledged.includes('CAPABILITY_NAMED_IAM')) {
    return;
  }
  throw new InsufficientCapabilitiesException({ message: `Requires capabilities : [${required}]`, $metadata: {} });
}
