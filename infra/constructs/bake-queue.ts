import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import { bakeWork } from '../../functions/domain/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import type { FactoryFunction } from './factory-function.ts';

export interface BakeQueueProps {
  /**
   * How long a message that was handed out stays hidden before it is handed out again.
   * @default - as long as a batch needs, six times over
   */
  readonly visibilityTimeout?: Duration;
  /** Whether what cannot be baked, however often it is tried, is put aside. @default true */
  readonly deadLetters?: boolean;
}

export interface BakeQueueConsumerProps {
  /** Workers that may bake at the same time, 2 to 1000. @default - as many as Lambda gives */
  readonly maxConcurrency?: number;
  /** Whether the messages of a batch fail one by one; if not, all of them go back with one that failed. @default true */
  readonly partialFailures?: boolean;
}

const noDeadLetters = {
  id: 'AwsSolutions-SQS3',
  reason: 'A snapshot that has not come to disposability yet: it tries what cannot be baked again until it expires.',
} as const;

/** What the Lambda documentation asks of a queue: the visibility timeout at least six times the function's timeout. */
const visibilityPerFunctionTimeout = 6;

/**
 * The queue of orders to bake, and the dead-letter queue for what could not be baked.
 *
 * Messages travel by TLS only. A dead letter waits 14 days, the most SQS keeps, for somebody to look at it, and an alarm
 * goes off while there is one. Both queues and what they hold go with the stack. How much is tried how often, and in what
 * time, is worked out in the domain's contract.
 */
export class BakeQueue extends Construct {
  readonly queue: Queue;
  /** Missing in a queue that puts nothing aside. */
  readonly deadLetterQueue: Queue | undefined;
  readonly #visibilityTimeout: Duration;

  constructor(scope: Construct, id: string, props: BakeQueueProps = {}) {
    super(scope, id);
    this.#visibilityTimeout = props.visibilityTimeout ?? Duration.seconds(bakeWork.visibilityTimeoutSeconds);
    this.deadLetterQueue = props.deadLetters === false ? undefined : this.#createDeadLetterQueue();
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: this.#visibilityTimeout,
      ...(this.deadLetterQueue && {
        deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: bakeWork.maxReceiveCount },
      }),
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (!this.deadLetterQueue) {
      Validations.of(this.queue).acknowledge(noDeadLetters);
    }
  }

  #createDeadLetterQueue(): Queue {
    const deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Whom it tells, an account decides: there is no topic here, and so no action.
    deadLetters
      .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM })
      .createAlarm(this, 'DeadLettersAlarm', {
        alarmDescription: 'There are orders that could not be baked: look at them, then run `npm run admin -- redrive`',
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        // SQS says nothing of a queue that has been empty for some hours.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    return deadLetters;
  }

  /** Lets ordering put orders on the queue. */
  bindOrdering(ordering: FactoryFunction): void {
    this.#attachSender(ordering, orderingEnv.bakeQueueUrl);
  }

  /** Lets cleanup put back on the queue what was stored but never queued. */
  bindCleanup(cleanup: FactoryFunction): void {
    this.#attachSender(cleanup, cleanupEnv.bakeQueueUrl);
  }

  /**
   * Has baking invoked with a batch of messages at a time; those it reports as failed come back alone.
   *
   * Lambda reads the queue in the function's name, so there is a permission and no environment variable.
   */
  bindBaking(baking: FactoryFunction, { maxConcurrency, partialFailures = true }: BakeQueueConsumerProps = {}): void {
    this.#assertOutlasts(baking);
    baking.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resourceArns: [this.queue.queueArn],
    });
    // Not `SqsEventSource`: it makes the stage's name part of the logical id, and snapshots would no longer diff cleanly.
    baking.running.addEventSourceMapping('BakeQueue', {
      eventSourceArn: this.queue.queueArn,
      batchSize: bakeWork.batchSize,
      reportBatchItemFailures: partialFailures,
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    });
  }

  #attachSender(sender: FactoryFunction, variable: string): void {
    sender.attach({
      variable,
      location: this.queue.queueUrl,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.queue.queueArn],
    });
  }

  #assertOutlasts(consumer: FactoryFunction): void {
    const needed = (consumer.function.timeout ?? Duration.seconds(3)).toSeconds() * visibilityPerFunctionTimeout;
    const seconds = this.#visibilityTimeout.toSeconds();
    if (seconds < needed) {
      throw new VisibilityTimeoutTooShort(consumer.node.path, seconds, needed);
    }
  }
}

/** Thrown at synthesis: messages would be handed out again while the function is still at work on them. */
export class VisibilityTimeoutTooShort extends Error {
  override readonly name = 'VisibilityTimeoutTooShort';

  constructor(consumer: string, seconds: number, needed: number) {
    super(`The bake queue hides a message for ${seconds} s, but ${consumer} needs ${needed} s or more`);
  }
}
