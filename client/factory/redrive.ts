import { setTimeout as wait } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  type SQSClientConfig,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { UserError } from '../../terminal/command-line.ts';

/** What became of the dead letters. */
export interface Redrive {
  /** Dead letters that there were, by SQS's own approximate count. */
  readonly waiting: number;
  /** Of these, those that are on the bake queue again. */
  readonly moved: number;
  readonly dryRun: boolean;
}

export interface RedriveOptions {
  readonly configuration: SQSClientConfig;
  readonly deadLetterQueueUrl: string;
  /** Only counts what waits. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

const pollMs = 250;

/**
 * Puts dead letters back on the queue they came from, where each is tried anew as often as any message is.
 *
 * SQS does the moving (StartMessageMoveTask, in the SQS API Reference) and goes on with it when this process ends.
 *
 * @throws UserError where SQS gives up, with its reason.
 */
export async function redrive({ configuration, deadLetterQueueUrl, dryRun, signal }: RedriveOptions): Promise<Redrive> {
  const sqs = new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
  try {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: deadLetterQueueUrl,
        AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages'],
      }),
    );
    const waiting = Number(Attributes['ApproximateNumberOfMessages']);
    if (dryRun) {
      return { waiting, moved: 0, dryRun };
    }
    const SourceArn = Attributes['QueueArn'];
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    return { waiting, moved: await moved(sqs, SourceArn, signal), dryRun };
  } finally {
    sqs.destroy();
  }
}

/** Waits for the newest task of a queue to end, and says how many messages it moved. */
async function moved(sqs: SQSClient, SourceArn: string | undefined, signal: AbortSignal): Promise<number> {
  for (;;) {
    const { Results: [task] = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    if (task?.Status === 'COMPLETED') {
      return task.ApproximateNumberOfMessagesMoved ?? 0;
    }
    if (task?.Status !== 'RUNNING') {
      throw new UserError(
        `SQS stopped moving the dead letters (${task?.Status ?? 'no task'}): ${task?.FailureReason ?? 'it gives no reason'}`,
      );
    }
    await wait(pollMs, undefined, { signal });
  }
}
