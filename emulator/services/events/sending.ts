import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as lambda from '@aws-sdk/client-lambda';
import type * as sqs from '@aws-sdk/client-sqs';
import { type Handlers, internalCall, type Region } from '../../wire/operation.ts';
import { noTopics, type Publish } from '../../wire/publish.ts';
import type { Destination } from './target.ts';

/** The operations of the services that targets are in. */
export interface EventsDeps {
  readonly lambda: Required<Pick<Handlers<typeof lambda>, 'Invoke'>>;
  readonly sqs: Required<Pick<Handlers<typeof sqs>, 'SendMessage'>>;
  readonly logs: Required<Pick<Handlers<typeof logs>, 'CreateLogStream' | 'PutLogEvents'>>;
  /** @default - there are no topics */
  readonly publish?: Publish;
}

/** What sending takes beside them. */
export interface SendingDeps extends EventsDeps {
  /** Puts an event, as JSON, on a bus of this region. @throws ResourceNotFoundException */
  readonly forward: (busArn: string, event: string) => void;
}

export interface Message {
  readonly body: string;
  /** For a FIFO queue. */
  readonly groupId?: string | undefined;
  readonly attributes?: Record<string, sqs.MessageAttributeValue>;
  /** The log stream of a log group that takes it: the name of the rule. */
  readonly logStream: string;
}

/** Hands one message to where a target leads. Rejects as the target's service does. */
export async function send(
  region: Region,
  deps: SendingDeps,
  destination: Destination,
  message: Message,
): Promise<void> {
  switch (destination.kind) {
    case 'function': {
      const Payload = Buffer.from(message.body);
      await deps.lambda.Invoke({ FunctionName: destination.arn, InvocationType: 'Event', Payload }, internalCall());
      return;
    }
    case 'queue': {
      const QueueUrl = `${region.endpoint}/${destination.accountId}/${destination.name}`;
      const { body: MessageBody, groupId: MessageGroupId, attributes: MessageAttributes } = message;
      await deps.sqs.SendMessage({ QueueUrl, MessageBody, MessageGroupId, MessageAttributes }, internalCall());
      return;
    }
    case 'topic':
      await (deps.publish ?? noTopics)({ TopicArn: destination.arn, Message: message.body });
      return;
    case 'bus':
      deps.forward(destination.arn, message.body);
      return;
    case 'log group':
      await log(deps, destination.name, message);
  }
}

async function log({ logs }: EventsDeps, logGroupName: string, { body, logStream }: Message): Promise<void> {
  const target = { logGroupName, logStreamName: logStream };
  const logEvents = [{ timestamp: Date.now(), message: body }];
  try {
    await logs.CreateLogStream(target, internalCall());
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') {
      throw error;
    }
  }
  await logs.PutLogEvents({ ...target, logEvents }, internalCall());
}
