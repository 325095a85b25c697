import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';

type Configuration = ReturnType<typeof clientConfiguration>;

/** Sends each queue a message that is no ticket. */
export async function sendPoison(queueUrls: readonly string[], configuration: Configuration): Promise<void> {
  const sqs = new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
  try {
    await Promise.all(
      queueUrls.map((QueueUrl) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'This is no ticket.' }))),
    );
  } finally {
    sqs.destroy();
  }
}

/** Sets how long a cookie bakes, in milliseconds. Returns what puts it back. */
export async function setOvenTime(
  parameters: readonly string[],
  milliseconds: number,
  configuration: Configuration,
): Promise<() => Promise<void>> {
  const put = (Name: string, Value: string) =>
    withSsm(configuration, (ssm) => ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true })));
  const before = await Promise.all(
    parameters.map(async (Name) => {
      const { Parameter } = await withSsm(configuration, (ssm) => ssm.send(new GetParameterCommand({ Name })));
      return [Name, Parameter?.Value ?? ''] as const;
    }),
  );
  await Promise.all(parameters.map((name) => put(name, String(milliseconds))));
  return async () => {
    await Promise.all(before.map(([name, value]) => put(name, value)));
  };
}

async function withSsm<Result>(
  configuration: Configuration,
  use: (ssm: SSMClient) => Promise<Result>,
): Promise<Result> {
  const ssm = new SSMClient(configuration);
  try {
    return await use(ssm);
  } finally {
    ssm.destroy();
  }
}

/** Limits how many environments bake at a time. Returns what puts the limit back that there was. */
export async function setWorkers(
  functionNames: readonly string[],
  workers: number,
  configuration: Configuration,
): Promise<() => Promise<void>> {
  const mappings = await withLambda(configuration, async (lambda) => {
    // The queue is read for an alias from snapshot 5 on, and for the function itself before.
    const lists = functionNames.flatMap((name) =>
      [name, `${name}:live`].map((FunctionName) => lambda.send(new ListEventSourceMappingsCommand({ FunctionName }))),
    );
    return (await Promise.all(lists)).flatMap(({ EventSourceMappings = [] }) => EventSourceMappings);
  });
  const unique = [...new Map(mappings.map((mapping) => [mapping.UUID, mapping])).values()];
  const update = (to: (mapping: EventSourceMappingConfiguration) => number | undefined) =>
    withLambda(configuration, async (lambda) => {
      for (const mapping of unique) {
        const MaximumConcurrency = to(mapping);
        const ScalingConfig = MaximumConcurrency === undefined ? {} : { MaximumConcurrency };
        await lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping.UUID, ScalingConfig }));
      }
    });
  await update(() => workers);
  return () => update(({ ScalingConfig }) => ScalingConfig?.MaximumConcurrency);
}

async function withLambda<Result>(
  configuration: Configuration,
  use: (lambda: LambdaClient) => Promise<Result>,
): Promise<Result> {
  const lambda = new LambdaClient(configuration);
  try {
    return await use(lambda);
  } finally {
    lambda.destroy();
  }
}
