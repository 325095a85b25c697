import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AccessKeys } from '../../../wire/authentication/access-keys.ts';
import { onDemand } from '../../../wire/on-demand.ts';
import { internalCall } from '../../../wire/operation.ts';
import { ApiAddresses } from '../../apigateway/api-addresses.ts';
import { createHttpApis } from '../../apigateway/http-api/http-apis.ts';
import { createRestApis } from '../../apigateway/rest-api/rest-apis.ts';
import { createDynamoDb } from '../../dynamodb/dynamodb.ts';
import { createEvents } from '../../events/events.ts';
import { createIam } from '../../iam/iam.ts';
import { createS3 } from '../../s3/s3.ts';
import { createSecretsManager } from '../../secretsmanager/secretsmanager.ts';
import { createSns } from '../../sns/sns.ts';
import { createSsm } from '../../ssm/ssm.ts';
import { faultsOf } from '../../states/definition.ts';
import { createStates } from '../../states/states.ts';
import { createCloudFormation } from '../cloudformation.ts';
import { WaitSignals } from './cloudformation/wait-signals.ts';
import { CustomResourceCallbacks } from './custom-resource/custom-resource.ts';
import { startLambda } from './lambda/lambda.fixture.ts';
import { region } from './provider.fixture.ts';
import { createProviders } from './providers.ts';

/** CloudFormation with every provider, over the services themselves. */
function start() {
  const { lambda, logs, sqs } = startLambda();
  const s3 = createS3(region);
  const dynamodb = createDynamoDb(region);
  const events = createEvents(region, { lambda, logs, sqs });
  const iam = createIam(region);
  const ssm = createSsm(region);
  const callbacks = new CustomResourceCallbacks(() => region.endpoint);
  const apis = { accessKeys: new AccessKeys(region.accountId), addresses: new ApiAddresses() };
  const services = {
    cloudformation: () => cloudformation.operations,
    dynamodb: dynamodb.operations,
    events: events.operations,
    httpApis: async () => createHttpApis(region, { lambda, ...apis }).operations,
    restApis: async () => createRestApis(region, { lambda, ...apis }).operations,
    iam: iam.operations,
    lambda,
    logs,
    s3: s3.operations,
    secretsmanager: createSecretsManager(region).operations,
    sns: onDemand(async () => createSns(region, { lambda, sqs }).operations),
    sqs,
    ssm: ssm.operations,
    runtimeFault: () => undefined,
    states: { operations: async () => createStates(region, { lambda }).operations, faultsOf },
  };
  const providers = createProviders(services, callbacks, new WaitSignals());
  const cloudformation: ReturnType<typeof createCloudFormation> = createCloudFormation(region, {
    providers,
    getObject: s3.getObject,
    getParameter: () => undefined,
  });
  onTestFinished(async () => {
    await cloudformation.close();
    await events.close();
    await dynamodb.close();
  });
  return { cloudformation: cloudformation.operations, providers, services };
}

test('no type has two providers', () => {
  const types = start().providers.map(({ type }) => type);
  expect(types).toEqual([...new Set(types)]);
});

test('what can be changed in place has an update', () => {
  const without = start().providers.filter(
    ({ properties, update }) => Object.values(properties).includes('in place') && !update,
  );
  expect(without.map(({ type }) => type)).toEqual([]);
});

test.each([
  { name: 'with a key of its own', FileAssetsBucketKmsKeyId: '' },
  { name: 'with the key of S3', FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY' },
])('the stack of `cdk bootstrap` is made $name, and deleted again', async ({ FileAssetsBucketKmsKeyId }) => {
  const { cloudformation, services } = start();
  const cli = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
  const TemplateBody = readFileSync(join(cli, 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');
  const Parameters = [
    { ParameterKey: 'FileAssetsBucketKmsKeyId', ParameterValue: FileAssetsBucketKmsKeyId },
    { ParameterKey: 'UseExamplePermissionsBoundary', ParameterValue: 'true' },
  ];
  const stack = { StackName: 'CDKToolkit', TemplateBody, Parameters };
  await cloudformation.CreateStack({ ...stack, Capabilities: ['CAPABILITY_NAMED_IAM'] });
  const { Stacks } = await cloudformation.DescribeStacks({ StackName: 'CDKToolkit' }, internalCall());
  expect(Stacks[0]?.StackStatusReason).toBeUndefined();
  expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');

  const { Roles } = services.iam.ListRoles({});
  expect(Roles.map(({ RoleName }) => RoleName?.split('-').slice(2, -4).join('-'))).toEqual([
    'cfn-exec-role',
    'deploy-role',
    'file-publishing-role',
    'image-publishing-role',
    'lookup-role',
  ]);
  const Name = '/cdk-bootstrap/hnb659fds/version';
  expect(services.ssm.GetParameter({ Name }).Parameter.Value).toMatch(/^\d+$/);
  const Bucket = 'cdk-hnb659fds-assets-000000000000-eu-west-1';
  await services.s3.HeadBucket({ Bucket }, internalCall());

  await cloudformation.DeleteStack({ StackName: 'CDKToolkit' });
  await cloudformation.DescribeStacks({ StackName: String(Stacks[0]?.StackId) }, internalCall());
  expect(services.iam.ListRoles({}).Roles).toEqual([]);
  expect(services.iam.ListPolicies({ Scope: 'Local' }).Policies).toEqual([]);
});
