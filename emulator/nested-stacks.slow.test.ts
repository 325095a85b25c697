import { S3 } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/** Stacks within stacks, whose templates are objects of S3. */
async function start() {
  const endpoint = await startEndpoint();
  const credentials = { accessKeyId: 'test-factory', secretAccessKey: 'x' };
  const s3 = new S3({ endpoint: endpoint.url, region: 'eu-west-1', credentials, forcePathStyle: true });
  onTestFinished(() => s3.destroy());
  await s3.createBucket({ Bucket: 'templates', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  const put = async (Key: string, template: object) => {
    await s3.putObject({ Bucket: 'templates', Key, Body: JSON.stringify(template) });
    return `https://s3.eu-west-1.amazonaws.com/templates/${Key}`;
  };
  return { ...endpoint, put };
}

const queue = (properties: object = {}) => ({
  Parameters: { Seconds: { Type: 'Number', Default: 30 } },
  Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: { Ref: 'Seconds' }, ...properties } } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] } } },
});
const around = (TemplateURL: string, more: object = {}) => ({
  TemplateBody: JSON.stringify({
    Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, ...more } } },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.Arn'] } }, Id: { Value: { Ref: 'Inner' } } },
  }),
});

test('a nested stack is made, gives its outputs, is changed, and goes with the stack around it', async () => {
  const { put, createStack, updateStack, deleteStack, cloudformation, sqs } = await start();
  const url = await put('one.json', queue());
  const made = await createStack('Outer', around(url, { Parameters: { Seconds: 40 } }));
  expect(made).toMatchObject({ status: 'CREATE_COMPLETE', Arn: expect.stringMatching(/^arn:aws:sqs:.*:Outer-Inner-/) });
  const outer = (await cloudformation.describeStacks({ StackName: 'Outer' })).Stacks?.[0]?.StackId;
  const { StackSummaries = [] } = await cloudformation.listStacks({});
  expect(StackSummaries.filter(({ ParentId }) => ParentId !== undefined)).toMatchObject([
    { StackId: made['Id'], ParentId: outer, RootId: outer },
  ]);
  const QueueUrl = (await sqs.getQueueUrl({ QueueName: made['Arn']?.split(':').at(-1) })).QueueUrl;
  const timeout = async () =>
    (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['VisibilityTimeout'] })).Attributes?.[
      'VisibilityTimeout'
    ];
  expect(await timeout()).toBe('40');
  const changed = await updateStack('Outer', around(url, { Parameters: { Seconds: 50 } }));
  expect(changed).toMatchObject({ status: 'UPDATE_COMPLETE', Id: made['Id'], Arn: made['Arn'] });
  expect(await timeout()).toBe('50');
  expect((await deleteStack('Outer'))['status']).toBe('DELETE_COMPLETE');
  const { Stacks: [inner] = [] } = await cloudformation.describeStacks({ StackName: made['Id'] });
  expect(inner?.StackStatus).toBe('DELETE_COMPLETE');
  expect((await sqs.listQueues({})).QueueUrls ?? []).toEqual([]);
});

test('a change that fails within is taken back, within and around', async () => {
  const { put, createStack, updateStack } = await start();
  const good = await put('good.json', queue());
  const bad = await put('bad.json', queue({ VisibilityTimeout: 99_999 }));
  const made = await createStack('Outer', around(good));
  const failed = await updateStack('Outer', around(bad));
  expect(failed).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', Arn: made['Arn'] });
});

test('a template that is missing, and one that fails, leave nothing behind', async () => {
  const { put, createStack, cloudformation, sqs } = await start();
  const missing = await createStack('Missing', around('https://s3.eu-west-1.amazonaws.com/templates/none.json'));
  expect(missing['status']).toBe('ROLLBACK_COMPLETE');
  const reasons = async (StackName: string) =>
    ((await cloudformation.describeStackEvents({ StackName })).StackEvents ?? []).map(
      ({ ResourceStatusReason = '' }) => ResourceStatusReason,
    );
  expect((await reasons('Missing')).join()).toContain('The specified key does not exist');
  const bad = await put('bad.json', queue({ VisibilityTimeout: 99_999 }));
  expect((await createStack('Bad', around(bad)))['status']).toBe('ROLLBACK_COMPLETE');
  expect((await reasons('Bad')).join()).toMatch(/Embedded stack arn:.* was not successfully created: .*\[Q\]/);
  expect((await sqs.listQueues({})).QueueUrls ?? []).toEqual([]);
});

test('a template that nests itself comes to an end', async () => {
  const { put, createStack, cloudformation } = await start();
  const url = 'https://s3.eu-west-1.amazonaws.com/templates/self.json';
  await put('self.json', {
    Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } },
  });
  const TemplateBody = JSON.stringify({
    Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } },
  });
  expect((await createStack('Outer', { TemplateBody }))['status']).toBe('ROLLBACK_COMPLETE');
  const { Stacks = [] } = await cloudformation.describeStacks({});
  expect(Stacks.map(({ StackName }) => StackName).filter((name) => name?.startsWith('Outer'))).toEqual(['Outer']);
});
