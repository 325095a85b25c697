import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { orderingEnv } from '../../../../functions/ordering/contract.ts';
import type { AttachableFunction } from '../../../../infra/constructs/attachable-function.ts';

/** The queue of orders to bake, and beside it the dead-letter queue for what could not be baked. */
export class BakeQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  /**
   * Dead letters wait 14 days, the most that SQS keeps. On the queue, a message that was handed out is hidden for
   * `bakeWork.visibilityTimeoutSeconds`, and is put aside once it was handed out `bakeWork.maxReceiveCount` times. Both queues
   * are reached by TLS only (`enforceSSL`), and go with the stack (`RemovalPolicy.DESTROY`).
   */
  constructor(scope: Construct, id: string) {
    super(scope, id);
    throw new Error('TODO: make both queues');
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
    throw new Error('TODO: map the queue to baking.running, which is what runs of it');
  }
}
