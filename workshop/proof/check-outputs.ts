import { GetFunctionConfigurationCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { UserError } from '../../terminal/command-line.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** Outputs that every snapshot has, and by which every experiment finds the shop. */
const shop = ['OrderingUrl', 'OrderingFunction'];

/**
 * Checks that the outputs of an attendee's stack lead somewhere. An experiment that finds nothing there breaks off, and does
 * not know why; and that is certain on a busy machine, too.
 * @throws UserError with the outputs that are missing, or name no function
 */
export async function checkOutputs({
  outputs,
  clients,
}: Pick<SnapshotUnderTest, 'outputs' | 'clients'>): Promise<void> {
  const found = outputs();
  const missing = shop
    .filter((name) => found[name] === undefined)
    .map((name) => `The stack has no output ${name}, by which the shop is found.`);
  const lambda = new LambdaClient(clients);
  try {
    const named = Object.entries(found).filter(([name]) => name.endsWith('Function'));
    const wrong = await Promise.all(
      named.map(async ([output, FunctionName]) =>
        (await isFunction(FunctionName, lambda)) ? [] : [`The output ${output} names no function: ${FunctionName}`],
      ),
    );
    const problems = [...missing, ...wrong.flat()];
    if (problems.length > 0) {
      throw new UserError(problems.join('\n'));
    }
  } finally {
    lambda.destroy();
  }
}

async function isFunction(FunctionName: string, lambda: LambdaClient): Promise<boolean> {
  try {
    await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return false;
    }
    throw error;
  }
}
