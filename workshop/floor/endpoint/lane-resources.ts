import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import type { LaneResources } from '../model/input.ts';
import type { LaneParts } from '../protocol.ts';

type Outputs = Readonly<Record<string, string>>;

const queueName = (url: string | undefined): string | undefined => url?.split('/').at(-1);

/** What a factory is made of, by the outputs of its stack. */
export async function resourcesOf(outputs: Outputs, endpoint: string): Promise<LaneResources> {
  const functions = Object.entries(outputs).flatMap(([output, name]) =>
    output.endsWith('Function') ? [[name, roleOf(output)] as const] : [],
  );
  const lambda = new LambdaClient(clientConfiguration(endpoint));
  try {
    const memory = functions.map(async ([FunctionName]) => {
      const { MemorySize = 0 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return [FunctionName, MemorySize] as const;
    });
    const [visibilityTimeoutMs, ...sizes] = await Promise.all([
      timeoutOf(outputs['BakeQueueUrl'], endpoint),
      ...memory,
    ]);
    return {
      functions: Object.fromEntries(functions),
      memory: Object.fromEntries(sizes),
      queue: queueName(outputs['BakeQueueUrl']),
      visibilityTimeoutMs,
      deadLetterQueue: queueName(outputs['BakeDeadLetterQueueUrl']),
      orderTable: outputs['OrderTable'],
      cleanup: outputs['CleanupFunction'],
      tables: Object.entries(outputs).flatMap(([output, name]) => (output.endsWith('Table') ? [name] : [])),
    };
  } finally {
    lambda.destroy();
  }
}

/** How long a queue hides what it handed out, in milliseconds. */
async function timeoutOf(QueueUrl: string | undefined, endpoint: string): Promise<number> {
  if (QueueUrl === undefined) {
    return 0;
  }
  const sqs = new SQSClient({ ...clientConfiguration(endpoint), useQueueUrlAsEndpoint: false });
  try {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
    );
    return Number(Attributes?.['VisibilityTimeout'] ?? 0) * 1000;
  } finally {
    sqs.destroy();
  }
}

function roleOf(output: string): 'counter' | 'baker' | 'other' {
  if (output === 'OrderingFunction') {
    return 'counter';
  }
  return output === 'BakingFunction' ? 'baker' : 'other';
}

/** @param parameters those of its stack; releases are chosen by one */
export function partsOf(outputs: Outputs, parameters: Readonly<Record<string, string>>): LaneParts {
  return {
    runsOn: 'Lambda',
    hasQueue: outputs['BakeQueueUrl'] !== undefined,
    hasDeadLetters: outputs['BakeDeadLetterQueueUrl'] !== undefined,
    hasTable: outputs['OrderTable'] !== undefined,
    hasVersions: parameters['OrderingVersion'] !== undefined,
  };
}
