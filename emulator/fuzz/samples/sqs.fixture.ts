import { policy, queue } from '../lexicon.fixture.ts';

/** Of the queue at a URL. */
export const sqsOf = (QueueUrl: string) =>
  [
    [
      'sqs:SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { a: { DataType: 'Binary', BinaryValue: Buffer.from('a') } } },
    ],
    [
      'sqs:SendMessageBatch',
      {
        QueueUrl,
        Entries: [
          {
            Id: 'a',
            MessageBody: 'a',
            DelaySeconds: 0,
            MessageAttributes: { a: { DataType: 'Number', StringValue: '1' } },
          },
          { Id: 'b', MessageBody: 'b' },
        ],
      },
    ],
    [
      'sqs:SendMessage',
      { QueueUrl: `${QueueUrl}.fifo`, MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd' },
    ],
    ['sqs:ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 2, MessageAttributeNames: ['a.*'], VisibilityTimeout: 0 }],
    ['sqs:DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: 'AAAA' }] }],
    [
      'sqs:ChangeMessageVisibilityBatch',
      { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: 'A', VisibilityTimeout: 1 }] },
    ],
    ['sqs:TagQueue', { QueueUrl, Tags: { a: 'b' } }],
    ['sqs:AddPermission', { QueueUrl, Label: 'fz', AWSAccountIds: ['000000000000'], Actions: ['SendMessage'] }],
    ['sqs:StartMessageMoveTask', { SourceArn: `${queue}-dead`, MaxNumberOfMessagesPerSecond: 1 }],
    [
      'sqs:SetQueueAttributes',
      {
        QueueUrl,
        Attributes: {
          VisibilityTimeout: '30',
          Policy: policy,
          RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [queue] }),
        },
      },
    ],
  ] as const;
