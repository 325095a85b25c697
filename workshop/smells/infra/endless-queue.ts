import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { AttachableFunction } from '../../../infra/constructs/attachable-function.ts';
import { BakeQueue } from '../../../infra/constructs/bake-queue.ts';

/** A bake queue that puts nothing aside: a message that cannot be baked comes back until it expires. */
export class EndlessQueue extends BakeQueue {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.tryRemoveChild('DeadLetters');
    this.node.tryRemoveChild('DeadLettersAlarm');
    const { defaultChild } = this.queue.node;
    if (defaultChild instanceof CfnQueue) {
      defaultChild.redrivePolicy = undefined;
    }
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'A snapshot before disposability: it tries what cannot be baked again until it expires.',
    });
  }

  /** Has baking invoked with a batch of messages at a time; all of them come back with one that failed. */
  override bindBaking(baking: AttachableFunction): void {
    super.bindBaking(baking);
    const mapping = baking.running.node.findChild('BakeQueue').node.defaultChild;
    if (mapping instanceof CfnEventSourceMapping) {
      mapping.functionResponseTypes = undefined;
    }
  }
}
