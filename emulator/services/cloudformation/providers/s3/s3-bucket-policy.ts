import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::S3::BucketPolicy". A bucket has one policy; `Ref` is the bucket's name. */
export function s3BucketPolicy(s3: ServiceOperations['s3']): ResourceProvider {
  const put = async ({ Bucket, PolicyDocument }: Properties): Promise<Resource> => {
    const input = apiInput(PutBucketPolicyCommand, { Bucket, Policy: documentOf(PolicyDocument) });
    await s3.PutBucketPolicy(input, internalCall());
    return { physicalId: input.Bucket ?? '', attributes: {} };
  };
  return {
    type: 'AWS::S3::BucketPolicy',
    properties: { Bucket: 'replacement', PolicyDocument: 'in place' },
    create: put,
    update: (_policy, properties) => put(properties),
    delete: ({ physicalId: Bucket }) => unlessGone(() => s3.DeleteBucketPolicy({ Bucket }, internalCall())),
  };
}
