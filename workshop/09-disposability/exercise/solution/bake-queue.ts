import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { bakeWork } from '../../../../functions/domain/contract.ts';
import { orderingEnv } from '../../../../functions/ordering/contract.ts';
import type { AttachableFunction } from '../../../../infra/constructs/attachable-function.ts';

/** The queue of orders to bake, and beside it the dead-letter queue for what could not be baked. */
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
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(bakeWork.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: bakeWork.maxReceiveCount },
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets ordering put orders on the queue. */
  bindOrdering(ordering: AttachableFunction): void {
    ordering.attach({
      variable: orderingEnv.bakeQueueUrl,
      location: this.queue.queueUrl,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.queue.queueArn],
    });
  }

  /** Has baking invoked with `bakeWork.batchSize` messages at a time; those that it says failed come back alone. */
  bindBaking(baking: AttachableFunction): void {
    baking.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resourceArns: [this.queue.queueArn],
    });
    baking.running.addEventSourceMapping('BakeQueue', {
      eventSourceArn: this.queue.queueArn,
      batchSize: bakeWork.batchSize,
      reportBatchItemFailures: true,
    });
  }
}
