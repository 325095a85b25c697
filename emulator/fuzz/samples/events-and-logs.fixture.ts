import { functionArn, queue, role } from '../lexicon.fixture.ts';

const pattern = JSON.stringify({
  source: ['fz', { prefix: 'a' }, { 'anything-but': { suffix: 'b' } }, { 'equals-ignore-case': 'x' }],
  detail: {
    n: [{ numeric: ['>', 0, '<=', 5] }],
    a: [{ exists: false }, { wildcard: 'a*b' }, { cidr: '10.0.0.0/24' }],
    $or: [{ x: [1] }, { y: [null] }],
  },
});
const eventLimit = JSON.stringify({
  ...{ id: '1', source: 'fz', account: '0', time: 't', region: 'r', resources: ['a'] },
  ...{ 'detail-type': 'd', detail: { n: 3, a: '10.0.0.1', x: 1 } },
});
export const eventsAndLogs = [
  ['events:TestEventPattern', { EventPattern: pattern, Event: eventLimit }],
  ['events:PutRule', { Name: 'fz', EventPattern: pattern, Tags: [{ Key: 'a', Value: 'b' }] }],
  ['events:PutRule', { Name: 'other', ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED', RoleArn: role }],
  [
    'events:PutEvents',
    {
      Entries: [
        { Source: 'fz', DetailType: 'd', Detail: '{"n":1,"a":[{"b":null}]}', Time: new Date(0), Resources: ['a'] },
      ],
    },
  ],
  [
    'events:PutTargets',
    {
      Rule: 'fz',
      Targets: [
        {
          Id: 'fz',
          Arn: queue,
          InputTransformer: {
            InputPathsMap: { a: '$.detail.a[0].b' },
            InputTemplate: '{"a":<a>,"b":"<aws.events.rule-name>"}',
          },
          DeadLetterConfig: { Arn: queue },
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        },
        { Id: 'b', Arn: queue, InputPath: '$.detail' },
      ],
    },
  ],
  [
    'logs:PutLogEvents',
    {
      logGroupName: '/fz',
      logStreamName: 'fz',
      logEvents: [{ timestamp: 1_800_000_000_000, message: '{"level":"error","n":1}' }],
    },
  ],
  [
    'logs:FilterLogEvents',
    { logGroupName: '/fz', logStreamNames: ['fz'], filterPattern: '{ $.n > 0 }', startTime: 0, limit: 5 },
  ],
  [
    'logs:GetLogEvents',
    { logGroupName: '/fz', logStreamName: 'fz', startTime: 0, endTime: 1, startFromHead: true, limit: 5 },
  ],
  [
    'logs:PutSubscriptionFilter',
    { logGroupName: '/fz', filterName: 'fz', filterPattern: '', destinationArn: functionArn },
  ],
  ['logs:CreateLogGroup', { logGroupName: '/other', tags: { a: 'b' } }],
  ['logs:PutRetentionPolicy', { logGroupName: '/fz', retentionInDays: 7 }],
] as const;
