import { internalCall } from '../../../../wire/operation.ts';
import type { Properties } from '../../provider.ts';
import { numberOf, objectOf } from '../api-input.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';

const name = 'ProvisionedConcurrencyConfig';

/** Why provisioned concurrency is a record, for the events of a stack. */
export const provisionedConcurrencyIsRecorded = { [name]: 'environments start when they are needed' };

/** Sets or takes away the provisioned concurrency of an alias or a version, as its properties now say. */
export async function changeProvisionedConcurrency(
  lambda: ServiceOperations['lambda'],
  target: { readonly FunctionName: string; readonly Qualifier: string },
  previous: Properties,
  properties: Properties,
): Promise<void> {
  if (!isChanged(previous, properties, [name])) {
    return;
  }
  if (properties[name] === undefined) {
    await lambda.DeleteProvisionedConcurrencyConfig(target, internalCall());
    return;
  }
  const { ProvisionedConcurrentExecutions: executions } = objectOf(properties[name], `#/${name}`);
  const at = `#/${name}/ProvisionedConcurrentExecutions`;
  const input = { ...target, ProvisionedConcurrentExecutions: numberOf(executions, at) };
  await lambda.PutProvisionedConcurrencyConfig(input, internalCall());
}
