import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  PurgeQueueInProgress,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deployOtherwise } from '../experiment/deploy-otherwise.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** A snapshot, and the clients of the services that its experiment turns and asks. */
export interface Factory {
  readonly snapshot: SnapshotUnderTest;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly documents: DynamoDBDocumentClient;
}

/** Seconds that a function may take: short, so that a lesson does not take minutes. */
const timeout = 2;
/** Seconds that a message is hidden, for the same reason. */
const hidden = 1;
/** How often a message is handed out before it is put aside, where it is: few times, so that it is soon. */
const fewTries = 2;
const ovenMs = 40;
const usualOvenMs = 20;

/** Shortens every time that the lesson would have to wait for, on either side alike. */
export async function hurry({ snapshot, lambda, sqs, ssm }: Factory): Promise<() => Promise<void>> {
  snapshot.report('shortening timeouts');
  const { BakeQueueUrl = '', BakingFunction = '', OrderingFunction = '', OvenTimeParameter } = snapshot.outputs();
  const turnOven = (milliseconds: number) =>
    ssm.send(new PutParameterCommand({ Name: OvenTimeParameter, Value: String(milliseconds), Overwrite: true }));
  const set = (Attributes: Record<string, string>) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl: BakeQueueUrl, Attributes }));
  const { Attributes: usual = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: BakeQueueUrl, AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'] }),
  );
  const redrive = usual['RedrivePolicy'];
  await turnOven(ovenMs);
  const takeBack = await Promise.all([
    deployOtherwise(lambda, BakingFunction, { timeout }),
    // What was stored and not queued counts as forgotten at once.
    deployOtherwise(lambda, OrderingFunction, { variables: { REQUEUE_MINUTES: '0' } }),
  ]);
  await set({
    VisibilityTimeout: String(hidden),
    ...(redrive && { RedrivePolicy: JSON.stringify({ ...JSON.parse(redrive), maxReceiveCount: fewTries }) }),
  });
  return async () => {
    await purge(sqs, BakeQueueUrl);
    await set(usual);
    await Promise.all(takeBack.map((back) => back()));
    await turnOven(usualOvenMs);
  };
}

/** Takes away what cannot be baked. SQS purges a queue once a minute; then what is left expires by itself. */
async function purge(sqs: SQSClient, QueueUrl: string): Promise<void> {
  try {
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  } catch (error) {
    if (!(error instanceof PurgeQueueInProgress)) {
      throw error;
    }
  }
}
