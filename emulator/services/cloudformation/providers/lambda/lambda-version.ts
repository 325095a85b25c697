import { PublishVersionCommand, ResourceConflictException } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { pick } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeProvisionedConcurrency, provisionedConcurrencyIsRecorded } from './lambda-provisioned-concurrency.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::Version". `Ref` is the version's ARN. */
export function lambdaVersion(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::Version',
    properties: {
      CodeSha256: 'replacement',
      Description: 'replacement',
      FunctionName: 'replacement',
      ProvisionedConcurrencyConfig: 'in place',
      RuntimePolicy: 'in place',
    },
    recorded: {
      ...provisionedConcurrencyIsRecorded,
      RuntimePolicy: 'functions run on the Node of this endpoint',
    },
    create: async (properties) => {
      const input = apiInput(PublishVersionCommand, pick(properties, ['CodeSha256', 'Description', 'FunctionName']));
      const known = await versionsOf(input.FunctionName);
      const { FunctionArn = '', Version = '' } = await lambda.PublishVersion(input, internalCall());
      if (known.has(Version)) {
        throw versionExists(Version);
      }
      const version = { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
      await complete(
        () => changeProvisionedConcurrency(lambda, targetOf(version, properties), {}, properties),
        () => remove(version),
      );
      return version;
    },
    update: async (version, properties, previous) => {
      await changeProvisionedConcurrency(lambda, targetOf(version, properties), previous, properties);
      return version;
    },
    delete: remove,
  };

  function remove({ physicalId: FunctionName }: Resource): Promise<void> {
    return unlessGone(() => lambda.DeleteFunction({ FunctionName }, internalCall()));
  }

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

const targetOf = ({ attributes }: Resource, { FunctionName }: Properties) => ({
  FunctionName: textOf(FunctionName, '#/FunctionName'),
  Qualifier: String(attributes['Version']),
});

/** PublishVersion answers with the last version where nothing changed since; then two resources would own one version. */
function versionExists(version: string): ResourceConflictException {
  const message = `A version for this Lambda function exists ( ${version} ). Modify the function to create a new version.`;
  return new ResourceConflictException({ message, Type: 'User', $metadata: {} });
}
