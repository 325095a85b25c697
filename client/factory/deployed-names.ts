import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UserError } from '../../terminal/command-line.ts';
import { describeStack, withCloudFormation } from '../cloudformation/describe-stack.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';
import { factoryFunctions } from './factory-functions.ts';

/** The outputs of a deployed stack, by name. */
export type Outputs = Readonly<Record<string, string>>;

const finished = 12;
const stackOf = (snapshot: number): string => `Factor${String(snapshot).padStart(2, '0')}-Prod`;

/**
 * The outputs of a snapshot's stack.
 * @param snapshot - 0 to 12. @default - the finished factory
 * @throws UserError that says what is deployed, where this one is not
 */
export async function outputsOfSnapshot(endpoint: string, snapshot = finished): Promise<Outputs> {
  const name = stackOf(snapshot);
  return await withCloudFormation(clientConfiguration(endpoint), async (client) => {
    const stack = await describeStack(name, client);
    if (stack?.status.endsWith('_COMPLETE')) {
      return stack.outputs;
    }
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
    const there = Stacks.flatMap(({ StackName = '' }) => /^Factor(\d\d)-Prod$/.exec(StackName)?.[1] ?? []).map(Number);
    const instead =
      there.length > 0
        ? `These are: ${there.sort((a, b) => a - b).join(', ')}. Name one: --snapshot ${there[0]}`
        : `Deploy it: npm run cdk -- deploy 'Factor${String(snapshot).padStart(2, '0')}/*'`;
    throw new UserError(`Snapshot ${snapshot} is not deployed at ${endpoint}. ${instead}`);
  });
}

/**
 * What a function is called at the endpoint, by the short name that a person types. What it is called there does, too.
 * @throws UserError that says which there are
 */
export function deployedFunction(name: string, outputs: Outputs): string {
  const there = Object.entries(factoryFunctions).flatMap(([short, { output }]) => {
    const deployed = outputs[output];
    return deployed === undefined ? [] : [{ short, deployed }];
  });
  const found = there.find(({ short, deployed }) => name === short || name === deployed);
  if (!found) {
    const names = there.map(({ short }) => short).join(', ');
    throw new UserError(`There is no function "${name}" in this stack. The functions are: ${names || 'none'}.`);
  }
  return found.deployed;
}

/** The short name of a function by what it is called at the endpoint; that itself where it is none of the factory's. */
export function shortName(deployed: string, outputs: Outputs): string {
  const found = Object.entries(factoryFunctions).find(([, { output }]) => outputs[output] === deployed);
  return found?.[0] ?? deployed;
}
