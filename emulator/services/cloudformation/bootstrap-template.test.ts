import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestStacks, TestResources } from './resources.fixture.ts';

/** The template of `cdk bootstrap`: 50 KB of YAML with conditions, nested functions and values that are left out. */
const cli = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
const TemplateBody = readFileSync(join(cli, 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');

const input = { StackName: 'CDKToolkit', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

test('the CDK bootstrap template is deployed in full, and again without a change', async () => {
  const resources = new TestResources('AWS::*');
  const stacks = createTestStacks(resources);
  const Parameters = [{ ParameterKey: 'FileAssetsBucketKmsKeyId', ParameterValue: 'AWS_MANAGED_KEY' }];
  await stacks.operations.CreateStack({ ...input, Parameters });
  const stack = await stacks.describe('CDKToolkit');
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(
    Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  ).toEqual({
    BucketName: expect.stringContaining('CDKToolkit-StagingBucket-'),
    BucketDomainName: expect.stringMatching(/\.test$/),
    FileAssetKeyArn: 'AWS_MANAGED_KEY',
    ImageRepositoryName: expect.stringContaining('CDKToolkit-ContainerAssetsRep'),
    BootstrapVersion: expect.stringMatching(/^\d+$/),
  });
  expect(resources.begun).not.toContain('create FileAssetsBucketEncryptionKey');
  const made = [...resources.existing.values()];
  expect(made.find(({ BucketName }) => BucketName)).toMatchObject({
    BucketName: 'cdk-hnb659fds-assets-123456789012-eu-north-1',
    BucketEncryption: {
      // With a managed key there is no KMSMasterKeyID: its Fn::If ends in AWS::NoValue.
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
  });
  expect(made.find(({ RoleName }) => String(RoleName).includes('cfn-exec-role'))).toMatchObject({
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
  expect(JSON.stringify(made)).not.toContain('Fn::');
  await expect(stacks.operations.UpdateStack({ ...input, Parameters })).rejects.toThrow(
    'No updates are to be performed.',
  );
});

test('its defaults make a key, which the bucket and the role that uses it refer to', async () => {
  const resources = new TestResources('AWS::*');
  const stacks = createTestStacks(resources);
  await stacks.operations.CreateStack(input);
  expect((await stacks.describe('CDKToolkit')).StackStatus).toBe('CREATE_COMPLETE');
  const { begun } = resources;
  expect(begun.indexOf('create FilePublishingRole')).toBeLessThan(
    begun.indexOf('create FileAssetsBucketEncryptionKey'),
  );
  expect(begun.indexOf('create FileAssetsBucketEncryptionKey')).toBeLessThan(begun.indexOf('create StagingBucket'));
});
