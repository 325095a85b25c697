import {
  type EventSourceMappingConfiguration,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** The knob for how many workers bake at the same time, or undefined in a snapshot that has none. */
export async function workersKnob(snapshot: SnapshotUnderTest, lambda: LambdaClient): Promise<WorkersKnob | undefined> {
  const { BakingFunction } = snapshot.outputs();
  if (!BakingFunction) {
    return undefined;
  }
  const FunctionName = `${BakingFunction}:live`;
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
  const [mapping] = EventSourceMappings;
  return mapping && new WorkersKnob(lambda, mapping);
}

export class WorkersKnob {
  readonly #lambda: LambdaClient;
  readonly #mapping: EventSourceMappingConfiguration;

  constructor(lambda: LambdaClient, mapping: EventSourceMappingConfiguration) {
    this.#lambda = lambda;
    this.#mapping = mapping;
  }

  /** A number of workers, with an order each at a time. Lambda takes 2 or more. */
  async turn(workers: number): Promise<void> {
    await this.#update({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: workers } });
  }

  /** As it was. */
  async putBack(): Promise<void> {
    const { BatchSize, ScalingConfig = {} } = this.#mapping;
    await this.#update({ BatchSize, ScalingConfig });
  }

  async #update(change: Pick<EventSourceMappingConfiguration, 'BatchSize' | 'ScalingConfig'>): Promise<void> {
    await this.#lambda.send(new UpdateEventSourceMappingCommand({ UUID: this.#mapping.UUID, ...change }));
  }
}
