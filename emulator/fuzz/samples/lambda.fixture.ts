import { functionArn, queue } from '../lexicon.fixture.ts';

export const lambda = [
  [
    'lambda:CreateEventSourceMapping',
    {
      FunctionName: 'fz',
      EventSourceArn: queue,
      Enabled: false,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[{"prefix":"b"}]}}' }] },
    },
  ],
  [
    'lambda:UpdateFunctionConfiguration',
    {
      FunctionName: 'fz',
      Environment: { Variables: { A: 'b' } },
      Timeout: 3,
      MemorySize: 128,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '/fz' },
      DeadLetterConfig: { TargetArn: queue },
      EphemeralStorage: { Size: 512 },
    },
  ],
  [
    'lambda:CreateFunctionUrlConfig',
    { FunctionName: 'fz', AuthType: 'NONE', Cors: { AllowOrigins: ['*'], AllowMethods: ['GET'], MaxAge: 1 } },
  ],
  [
    'lambda:PutFunctionEventInvokeConfig',
    {
      FunctionName: 'fz',
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: queue }, OnSuccess: { Destination: queue } },
    },
  ],
  ['lambda:UpdateAlias', { FunctionName: 'fz', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } } }],
  ['lambda:AddPermission', { FunctionName: 'fz', StatementId: 'x', Action: 'lambda:InvokeFunction', Principal: '*' }],
  ['lambda:TagResource', { Resource: functionArn, Tags: { a: 'b' } }],
  [
    'lambda:Invoke',
    { FunctionName: 'fz', InvocationType: 'Event', LogType: 'Tail', ClientContext: 'e30=', Payload: Buffer.from('{}') },
  ],
] as const;
