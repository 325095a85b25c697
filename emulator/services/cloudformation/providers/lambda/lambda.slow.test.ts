import { expect, test } from 'vitest';
import { internalCall } from '../../../../wire/operation.ts';
import { contextOf, make } from '../provider.fixture.ts';
import { sqsQueue } from '../sqs/sqs-queue.ts';
import { functionOf, startLambda } from './lambda.fixture.ts';
import { lambdaAlias } from './lambda-alias.ts';
import { lambdaEventInvokeConfig } from './lambda-event-invoke-config.ts';
import { lambdaEventSourceMapping } from './lambda-event-source-mapping.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaPermission } from './lambda-permission.ts';
import { lambdaUrl } from './lambda-url.ts';
import { lambdaVersion } from './lambda-version.ts';

const answering = (text: string) => functionOf(`exports.handler = async () => '${text} ' + process.env.COOKIE;`);

test('AWS::Lambda::Function runs inline code, and what it runs changes in place', async () => {
  const { lambda } = startLambda();
  const invoke = async (FunctionName: string) => {
    const { Payload = [] } = await lambda.Invoke({ FunctionName }, internalCall());
    return JSON.parse(Buffer.from(Payload).toString());
  };
  const baker = await make(lambdaFunction(lambda), {
    ...answering('bakes'),
    Environment: { Variables: { COOKIE: 7 } },
    MemorySize: '256',
    ReservedConcurrentExecutions: '2',
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  expect(baker.attributes).toEqual({ Arn: `arn:aws:lambda:eu-west-1:000000000000:function:${baker.physicalId}` });
  expect(await invoke(baker.physicalId)).toBe('bakes 7');
  const settings = async () => lambda.GetFunction({ FunctionName: baker.physicalId });
  expect(await settings()).toMatchObject({
    Configuration: { MemorySize: 256, Timeout: 3 },
    Concurrency: { ReservedConcurrentExecutions: 2 },
    Tags: { team: 'oven' },
  });

  await baker.change({ ...answering('burns'), Timeout: '30', LoggingConfig: { LogFormat: 'JSON' } });
  expect(await invoke(baker.physicalId)).toBe('burns undefined');
  const after = await settings();
  expect(after).toMatchObject({
    Configuration: { MemorySize: 128, Timeout: 30, LoggingConfig: { LogFormat: 'JSON' } },
  });
  expect(after.Concurrency).toBeUndefined();
  expect(after.Tags).toBeUndefined();
  await baker.remove();
  await expect(settings()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('AWS::Lambda::Function: one whose concurrency is refused leaves nothing behind', async () => {
  const { lambda } = startLambda();
  const properties = { ...answering('bakes'), ReservedConcurrentExecutions: 5000 };
  const create = lambdaFunction(lambda).create(properties, contextOf('AWS::Lambda::Function'));
  await expect(create).rejects.toThrow('ReservedConcurrentExecutions');
  expect(lambda.ListFunctions({}).Functions).toEqual([]);
});

test.each([
  {
    name: 'a property of a property',
    change: { Environment: { Vars: {} } },
    message: '#/Environment: extraneous key [Vars]',
  },
  { name: 'a missing role', change: { Role: undefined }, message: "'role'" },
])('AWS::Lambda::Function: $name fails by its name', async ({ change, message }) => {
  const { lambda } = startLambda();
  const create = lambdaFunction(lambda).create({ ...answering('a'), ...change }, contextOf('AWS::Lambda::Function'));
  await expect(create).rejects.toThrow(message);
});

test('AWS::Lambda::Permission is a statement of the function policy', async () => {
  const { lambda } = startLambda();
  const { physicalId: FunctionName } = await make(lambdaFunction(lambda), answering('a'));
  const permission = await make(lambdaPermission(lambda), {
    FunctionName,
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    InvokedViaFunctionUrl: 'true',
  });
  expect(permission.attributes).toEqual({ Id: permission.physicalId });
  const { Policy } = lambda.GetPolicy({ FunctionName });
  expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: permission.physicalId, Principal: '*' }]);
  await permission.remove();
  expect(() => lambda.GetPolicy({ FunctionName })).toThrow();
});

test('AWS::Lambda::Url keeps its address when it changes', async () => {
  const { lambda } = startLambda();
  const baker = await make(lambdaFunction(lambda), answering('a'));
  const TargetFunctionArn = baker.attributes['Arn'];
  const url = await make(lambdaUrl(lambda), {
    TargetFunctionArn,
    AuthType: 'NONE',
    Cors: { AllowOrigins: ['*'], MaxAge: '60', AllowCredentials: 'false' },
  });
  expect(url.physicalId).toBe(TargetFunctionArn);
  expect(url.attributes['FunctionUrl']).toMatch(/^http:\/\//);
  const { attributes } = await url.change({ TargetFunctionArn, AuthType: 'AWS_IAM' });
  expect(attributes).toEqual(url.attributes);
  const changed = await lambda.GetFunctionUrlConfig({ FunctionName: baker.physicalId });
  expect(changed).toMatchObject({ AuthType: 'AWS_IAM' });
  expect(changed.Cors).toBeUndefined();
  await url.remove();
});

test('AWS::Lambda::EventSourceMapping is known by its UUID', async () => {
  const { lambda, sqs } = startLambda();
  const queue = await make(sqsQueue(sqs), {});
  const { physicalId: FunctionName } = await make(lambdaFunction(lambda), answering('a'));
  const EventSourceArn = queue.attributes['Arn'];
  const mapping = await make(lambdaEventSourceMapping(lambda), {
    EventSourceArn,
    FunctionName,
    BatchSize: '5',
    Enabled: 'false',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: '2' },
  });
  const uuid = mapping.physicalId;
  expect(mapping.attributes).toEqual({
    Id: uuid,
    EventSourceMappingArn: `arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:${uuid}`,
  });
  expect(lambda.GetEventSourceMapping({ UUID: uuid })).toMatchObject({
    BatchSize: 5,
    State: 'Disabled',
    ScalingConfig: { MaximumConcurrency: 2 },
  });
  await mapping.change({
    EventSourceArn,
    FunctionName,
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
  });
  const changed = lambda.GetEventSourceMapping({ UUID: uuid });
  expect(changed).toMatchObject({ BatchSize: 10, State: 'Enabled', FunctionResponseTypes: [] });
  expect(changed.ScalingConfig?.MaximumConcurrency).toBeUndefined();
  await mapping.change({ EventSourceArn, FunctionName, Tags: [{ Key: 'team', Value: 'oven' }] });
  await mapping.remove();
});

test('AWS::Lambda::Version and Alias: an alias moves from one version to the next', async () => {
  const { lambda } = startLambda();
  const baker = await make(lambdaFunction(lambda), answering('a'));
  const FunctionName = baker.physicalId;
  const one = await make(lambdaVersion(lambda), { FunctionName });
  expect(one).toMatchObject({
    physicalId: `${baker.attributes['Arn']}:1`,
    attributes: { FunctionArn: `${baker.attributes['Arn']}:1`, Version: '1' },
  });
  await expect(make(lambdaVersion(lambda), { FunctionName, Description: 'same code' })).rejects.toThrow(
    'A version for this Lambda function exists ( 1 )',
  );
  await baker.change(answering('b'));
  const two = await make(lambdaVersion(lambda), { FunctionName });
  const alias = await make(lambdaAlias(lambda), {
    FunctionName,
    Name: 'live',
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '2', FunctionWeight: '0.1' }] },
  });
  expect(alias.physicalId).toBe(`${baker.attributes['Arn']}:live`);
  const live = () => lambda.GetAlias({ FunctionName, Name: 'live' });
  expect(live()).toMatchObject({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } });
  await alias.change({ FunctionName, Name: 'live', FunctionVersion: '2' });
  expect(live()).toMatchObject({ FunctionVersion: '2' });
  expect(live().RoutingConfig?.AdditionalVersionWeights ?? {}).toEqual({});
  await one.remove();
  await alias.remove();
  await two.remove();
  expect(lambda.ListVersionsByFunction({ FunctionName }).Versions).toHaveLength(1);
});

test('AWS::Lambda::EventInvokeConfig is put, changed and taken away', async () => {
  const { lambda } = startLambda();
  const { physicalId: FunctionName } = await make(lambdaFunction(lambda), answering('a'));
  const Qualifier = '$LATEST';
  const config = await make(lambdaEventInvokeConfig(lambda), { FunctionName, Qualifier, MaximumRetryAttempts: '1' });
  const read = () => lambda.GetFunctionEventInvokeConfig({ FunctionName, Qualifier });
  expect(read()).toMatchObject({ MaximumRetryAttempts: 1 });
  await config.change({ FunctionName, Qualifier, MaximumEventAgeInSeconds: 60 });
  expect(read()).toMatchObject({ MaximumEventAgeInSeconds: 60 });
  expect(read().MaximumRetryAttempts).toBeUndefined();
  await config.remove();
  expect(read).toThrow();
});

test('AWS::Lambda::Function: a VPC and a key are recorded, which its events say, and taken away', async () => {
  const { lambda } = startLambda();
  const provider = lambdaFunction(lambda);
  const properties = functionOf('exports.handler = async () => 1;');
  const VpcConfig = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
  const KmsKeyArn = 'arn:aws:kms:eu-west-1:000000000000:key/k';
  const made = await make(provider, { ...properties, VpcConfig, KmsKeyArn });
  const found = () => lambda.GetFunctionConfiguration({ FunctionName: made.physicalId });
  expect(await found()).toMatchObject({ VpcConfig, KMSKeyArn: KmsKeyArn });
  expect(Object.keys(provider.recorded ?? {})).toEqual(expect.arrayContaining(['KmsKeyArn', 'VpcConfig']));
  await made.change(properties);
  expect(await found()).not.toHaveProperty('VpcConfig');
  expect(await found()).not.toHaveProperty('KMSKeyArn');
});

test("AWS::Lambda::Function: another account's layer is taken, and the function's events name it", async () => {
  const { lambda } = startLambda();
  const provider = lambdaFunction(lambda);
  const foreign = 'arn:aws:lambda:eu-west-1:094274105915:layer:Powertools:20';
  const properties = { ...functionOf('exports.handler = async () => 1;'), Layers: [foreign] };
  const { physicalId: FunctionName } = await make(provider, properties);
  const { Layers } = await lambda.GetFunctionConfiguration({ FunctionName });
  expect(Layers).toEqual([{ Arn: foreign, CodeSize: 0 }]);
  expect(provider.shortfallOf?.(properties, 'Fn')).toBe(
    `The function runs without the layer ${foreign}, which is another account's.`,
  );
  const missing = { ...properties, Layers: ['arn:aws:lambda:eu-west-1:000000000000:layer:mine:1'] };
  await expect(make(provider, missing)).rejects.toThrow('does not exist');
});

test('AWS::Lambda::Function: SnapStart is recorded where the runtime has it', async () => {
  const provider = lambdaFunction(startLambda().lambda);
  const SnapStart = { ApplyOn: 'PublishedVersions' };
  const properties = { ...functionOf('exports.handler = async () => 1;'), SnapStart };
  await expect(make(provider, properties)).rejects.toThrow('is not supported for SnapStart enabled functions');
  expect(provider.shortfallOf?.(properties, 'Fn')).toMatch(/^Recorded only: SnapStart/);
});

test('AWS::Lambda::Alias and Version: provisioned concurrency is set, changed and taken away', async () => {
  const { lambda } = startLambda();
  const baker = await make(lambdaFunction(lambda), answering('a'));
  const FunctionName = baker.physicalId;
  const of = (executions: number) => ({
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: executions },
  });
  const version = await make(lambdaVersion(lambda), { FunctionName, ...of(3) });
  const alias = await make(lambdaAlias(lambda), { FunctionName, Name: 'live', FunctionVersion: '1', ...of(1) });
  const all = () =>
    lambda
      .ListProvisionedConcurrencyConfigs({ FunctionName })
      .ProvisionedConcurrencyConfigs.map((config) => config.RequestedProvisionedConcurrentExecutions);
  expect(all()).toEqual([3, 1]);
  await alias.change({ FunctionName, Name: 'live', FunctionVersion: '1', ...of(2) });
  expect(all()).toEqual([3, 2]);
  await alias.change({ FunctionName, Name: 'live', FunctionVersion: '1' });
  expect(all()).toEqual([3]);
  await alias.remove();
  await version.remove();
});
