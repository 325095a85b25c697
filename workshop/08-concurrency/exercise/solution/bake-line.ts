import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { orderingEnv } from '../../../../functions/ordering/contract.ts';
import type { FactoryFunction } from '../../../../infra/constructs/factory-function.ts';

/** Seconds for which a message that was handed out stays hidden: six times what the function that bakes has. */
const hiddenSeconds = 60;

/** The queue of orders to bake, between the process that takes them and those that bake them. */
export class BakeLine extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(hiddenSeconds),
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /**
   * Lets a function put messages on the queue. `attach` of a function tells it where something is, and lets it in: the
   * variable is `orderingEnv.bakeQueueUrl`, and the IAM action `sqs:SendMessage`.
   */
  bindOrdering(ordering: FactoryFunction): void {
    ordering.attach({
      variable: orderingEnv.bakeQueueUrl,
      location: this.queue.queueUrl,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.queue.queueArn],
    });
  }

  /**
   * Has Lambda invoke a function with messages of the queue, two at a time. Lambda reads the queue in the function's name:
   * `allow` gives it the IAM actions `sqs:ReceiveMessage`, `sqs:DeleteMessage` and `sqs:GetQueueAttributes`. What is
   * invoked is `baking.running`, the alias, and never the function of no version.
   */
  bindBaking(baking: FactoryFunction): void {
    baking.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resourceArns: [this.queue.queueArn],
    });
    baking.running.addEventSourceMapping('BakeQueue', { eventSourceArn: this.queue.queueArn, batchSize: 2 });
  }
}
