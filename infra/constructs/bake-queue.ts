import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import { bakeWork } from '../../functions/domain/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';

/** What the Lambda documentation asks of a queue: the visibility timeout at least six times the function's timeout. */
const visibilityPerFunctionTimeout = 6;

/**
 * The queue of orders to bake, and the dead-letter queue for what could not be baked.
 *
 * Messages travel by TLS only. A dead letter waits 14 days, the most SQS keeps, for a person to look at it, and an alarm
 * goes off while there is one. Both queues and what they hold go with the stack. How much is tried how often, and in what
 * time, is worked out in the domain's contract.
 */
export class BakeQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#raiseAlarm();
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(bakeWork.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: bakeWork.maxReceiveCount },
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Goes off while there is a dead letter. Whom it tells, an account decides: there is no topic here, and so no action. */
  #raiseAlarm(): void {
    this.deadLetterQueue
      .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM })
      .createAlarm(this, 'DeadLettersAlarm', {
        alarmDescription: 'There are orders that could not be baked: look at them, then run `npm run admin -- redrive`',
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        // SQS says nothing of a queue that has been empty for some hours.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
  }

  /** Lets ordering put orders on the queue. */
  bindOrdering(ordering: AttachableFunction): void {
    this.#attachSender(ordering, orderingEnv.bakeQueueUrl);
  }

  /** Lets cleanup put back on the queue what was stored but never queued. */
  bindCleanup(cleanup: AttachableFunction): void {
    this.#attachSender(cleanup, cleanupEnv.bakeQueueUrl);
  }

  /**
   * Has baking invoked with a batch of messages at a time; those it reports as failed come back alone.
   *
   * Lambda reads the queue in the function's name, so there is a permission and no environment variable.
   */
  bindBaking(baking: AttachableFunction): void {
    assertOutlasts(baking);
    baking.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resourceArns: [this.queue.queueArn],
    });
    // Not `SqsEventSource`: it makes the stage's name part of the logical id, and snapshots would no longer diff cleanly.
    baking.running.addEventSourceMapping('BakeQueue', {
      eventSourceArn: this.queue.queueArn,
      batchSize: bakeWork.batchSize,
      reportBatchItemFailures: true,
    });
  }

  #attachSender(sender: AttachableFunction, variable: string): void {
    sender.attach({
      variable,
      location: this.queue.queueUrl,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.queue.queueArn],
    });
  }
}

function assertOutlasts(consumer: AttachableFunction): void {
  const needed = (consumer.function.timeout ?? Duration.seconds(3)).toSeconds() * visibilityPerFunctionTimeout;
  const seconds = bakeWork.visibilityTimeoutSeconds;
  if (seconds < needed) {
    throw new VisibilityTimeoutTooShort(consumer.node.path, seconds, needed);
  }
}

/** Thrown at synthesis: messages would be handed out again while the function is still at work on them. */
export class VisibilityTimeoutTooShort extends Error {
  override readonly name = 'VisibilityTimeoutTooShort';

  constructor(consumer: string, seconds: number, needed: number) {
    super(`The bake queue hides a message for ${seconds} s, but ${consumer} needs ${needed} s or more`);
  }
}
