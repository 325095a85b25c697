import {
  DeleteFunctionConcurrencyCommand,
  type EventSourceMappingConfiguration,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** How many processes bake at the same time. */
export interface WorkersKnob {
  /** Sets a number of workers, each with one order at a time. Lambda takes 2 or more for the consumer of a queue. */
  turn(workers: number): Promise<void>;
  /** As it was. */
  putBack(): Promise<void>;
}

/**
 * The knob that a snapshot has: the maximum concurrency of what consumes the queue, or the reserved concurrency of the
 * function that bakes what it takes.
 */
export async function workersKnob(snapshot: SnapshotUnderTest, lambda: LambdaClient): Promise<WorkersKnob> {
  const { OrderingFunction = '', BakingFunction } = snapshot.outputs();
  const mappings = BakingFunction === undefined ? [] : await mappingsOf(BakingFunction, lambda);
  return mappings.length > 0 ? consumersKnob(mappings, lambda) : await functionKnob(OrderingFunction, lambda);
}

/** What hands a function the messages of queues. */
async function mappingsOf(functionName: string, client: LambdaClient): Promise<EventSourceMappingConfiguration[]> {
  const found: EventSourceMappingConfiguration[] = [];
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {})) {
    found.push(...EventSourceMappings.filter(({ FunctionArn = '' }) => FunctionArn.split(':').includes(functionName)));
  }
  return found;
}

function consumersKnob(mappings: readonly EventSourceMappingConfiguration[], lambda: LambdaClient): WorkersKnob {
  const update = async (change: (was: EventSourceMappingConfiguration) => EventSourceMappingConfiguration) => {
    for (const mapping of mappings) {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping.UUID, ...change(mapping) }));
    }
  };
  return {
    turn: (workers) => update(() => ({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: workers } })),
    putBack: () => update(({ BatchSize, ScalingConfig = {} }) => ({ BatchSize, ScalingConfig })),
  };
}

async function functionKnob(FunctionName: string, lambda: LambdaClient): Promise<WorkersKnob> {
  const { ReservedConcurrentExecutions: was } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  const turn = async (ReservedConcurrentExecutions: number) => {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  };
  return {
    turn,
    putBack: async () => {
      if (was === undefined) {
        await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
      } else {
        await turn(was);
      }
    },
  };
}
