import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { faultsAt } from '../experiment/fault-port.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** Turns the oven, and has every process that remembers another time start anew. */
export async function turnOven(snapshot: SnapshotUnderTest, ssm: SSMClient, milliseconds: number): Promise<void> {
  const { OvenTimeParameter: Name } = snapshot.outputs();
  await ssm.send(new PutParameterCommand({ Name, Value: String(milliseconds), Overwrite: true }));
  await restart(snapshot);
}

/** Ends the environments of the function that bakes. */
export async function restart(snapshot: SnapshotUnderTest): Promise<void> {
  const faults = faultsAt(snapshot.endpoint);
  await Promise.all(bakers(snapshot).map((name) => faults.kill(name)));
}

/** The functions that may have cookies in the oven. */
export function bakers(snapshot: SnapshotUnderTest): string[] {
  const { OrderingFunction, BakingFunction } = snapshot.outputs();
  return [OrderingFunction, BakingFunction].filter((name) => name !== undefined);
}
