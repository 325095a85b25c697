import { filterPolicy, functionUri, queue, topic } from '../lexicon.fixture.ts';

/** Of topics, and of APIs; these are made anew, as their IDs are not known beforehand. */
export const topicsAndApis = [
  [
    'sns:Publish',
    {
      TopicArn: topic,
      Message: '{"default":"a","sqs":"b"}',
      MessageStructure: 'json',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    },
  ],
  [
    'sns:PublishBatch',
    {
      TopicArn: `${topic}.fifo`,
      PublishBatchRequestEntries: [{ Id: 'a', Message: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd' }],
    },
  ],
  [
    'sns:Subscribe',
    {
      TopicArn: topic,
      Protocol: 'sqs',
      Endpoint: queue,
      Attributes: { FilterPolicy: filterPolicy, FilterPolicyScope: 'MessageBody', RawMessageDelivery: 'true' },
      ReturnSubscriptionArn: true,
    },
  ],
  ['apigatewayv2:CreateRoute', { ApiId: 'fz', RouteKey: 'GET /a/{p}', AuthorizationType: 'NONE' }],
  [
    'apigateway:PutIntegration',
    {
      restApiId: 'fz',
      resourceId: 'fz',
      httpMethod: 'GET',
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: functionUri,
    },
  ],
  [
    'apigateway:UpdateStage',
    { restApiId: 'fz', stageName: 'fz', patchOperations: [{ op: 'replace', path: '/variables/a', value: 'b' }] },
  ],
] as const;
