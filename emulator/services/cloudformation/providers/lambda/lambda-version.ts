import { PublishVersionCommand, ResourceConflictException } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::Version". `Ref` is the version's ARN. */
export function lambdaVersion(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::Version',
    properties: { CodeSha256: 'replacement', Description: 'replacement', FunctionName: 'replacement' },
    create: async (properties) => {
      const input = apiInput(PublishVersionCommand, properties);
      const known = await versionsOf(input.FunctionName);
      const { FunctionArn = '', Version = '' } = await lambda.PublishVersion(input, internalCall());
      if (known.has(Version)) {
        throw versionExists(Version);
      }
      return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
    },
    delete: ({ physicalId: FunctionName }) => unlessGone(() => lambda.DeleteFunction({ FunctionName }, internalCall())),
  };

  async function versionsOf(FunctionName: string | undefined): Promise<Set<string | undefined>> {
    const found = new Set<string | undefined>();
    let Marker: string | undefined;
    do {
      const page = await lambda.ListVersionsByFunction({ FunctionName, ...(Marker && { Marker }) }, internalCall());
      for (const { Version } of page.Versions ?? []) {
        found.add(Version);
      }
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  }
}

/** PublishVersion answers with the last version where nothing changed since; then two resources would own one version. */
function versionExists(version: string): ResourceConflictException {
  const message = `A version for this Lambda function exists ( ${version} ). Modify the function to create a new version.`;
  return new ResourceConflictException({ message, Type: 'User', $metadata: {} });
}
