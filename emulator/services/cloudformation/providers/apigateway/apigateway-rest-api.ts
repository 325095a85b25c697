import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';
import { camelCased, entriesPatchOf, patchOf } from './rest-api-input.ts';

const paths = {
  ApiKeySourceType: '/apiKeySource',
  Description: '/description',
  DisableExecuteApiEndpoint: '/disableExecuteApiEndpoint',
  MinimumCompressionSize: '/minimumCompressionSize',
  Name: '/name',
  Policy: '/policy',
};

/** Source: CloudFormation User Guide, "AWS::ApiGateway::RestApi". `Ref` is the API's ID. */
export function apiGatewayRestApi(restApis: ServiceOperations['restApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGateway::RestApi',
    properties: {
      ApiKeySourceType: 'in place',
      BinaryMediaTypes: 'in place',
      Description: 'in place',
      DisableExecuteApiEndpoint: 'in place',
      EndpointConfiguration: 'in place',
      FailOnWarnings: 'in place',
      MinimumCompressionSize: 'in place',
      Name: 'in place',
      Policy: 'in place',
      Tags: 'in place',
    },
    shortfallOf: ({ Policy }) =>
      Policy === undefined ? undefined : 'Recorded only: this endpoint does not enforce the policy of an API.',
    create: async (properties) => {
      const { CreateRestApiCommand } = await import('@aws-sdk/client-api-gateway');
      const { ApiKeySourceType: apiKeySource, FailOnWarnings: _fail, Policy, Tags, ...others } = properties;
      const policy = documentOf(Policy);
      const input = apiInput(CreateRestApiCommand, {
        ...camelCased(others),
        ...(apiKeySource !== undefined && { apiKeySource }),
        ...(policy !== undefined && { policy }),
        ...(others['EndpointConfiguration'] !== undefined && {
          endpointConfiguration: camelCased(others['EndpointConfiguration'] as object as Record<string, unknown>),
        }),
        tags: tagMap(Tags),
      });
      const { id = '', rootResourceId } = await (await restApis()).CreateRestApi(input, internalCall());
      return { physicalId: id, attributes: { RestApiId: id, RootResourceId: rootResourceId } };
    },
    update: async (api, properties, previous, { region }) => {
      const operations = await restApis();
      const restApiId = api.physicalId;
      const patchOperations = [
        ...patchOf(previous, properties, paths),
        ...entriesPatchOf(previous['BinaryMediaTypes'], properties['BinaryMediaTypes'], '/binaryMediaTypes'),
        ...typePatchOf(previous['EndpointConfiguration'], properties['EndpointConfiguration']),
      ];
      if (patchOperations.length > 0) {
        await operations.UpdateRestApi({ restApiId, patchOperations }, internalCall());
      }
      const resourceArn = `arn:aws:apigateway:${region.name}::/restapis/${restApiId}`;
      await changeTags(previous, properties, {
        set: (tags) => operations.TagResource({ resourceArn, tags }, internalCall()),
        remove: (tagKeys) => operations.UntagResource({ resourceArn, tagKeys }, internalCall()),
      });
      return api;
    },
    delete: ({ physicalId: restApiId }) =>
      unlessGone(async () => (await restApis()).DeleteRestApi({ restApiId }, internalCall())),
  };
}

/** Source: API Gateway Developer Guide, "Change a public or private API endpoint type in API Gateway". */
function typePatchOf(before: unknown, after: unknown) {
  const typeOf = (configuration: unknown) =>
    (configuration as { readonly Types?: string[] } | undefined)?.Types?.[0] ?? 'EDGE';
  const [old, value] = [typeOf(before), typeOf(after)];
  return old === value ? [] : [{ op: 'replace' as const, path: `/endpointConfiguration/types/${old}`, value }];
}

/** Source: CloudFormation User Guide, "AWS::ApiGateway::Account". It is one for all APIs of a region, and is never deleted. */
export function apiGatewayAccount(restApis: ServiceOperations['restApis']): ResourceProvider {
  const set = async (arn: unknown) => {
    const value = arn === undefined ? {} : { value: String(arn) };
    const patchOperations = [
      { op: arn === undefined ? ('remove' as const) : ('replace' as const), path: '/cloudwatchRoleArn', ...value },
    ];
    await (await restApis()).UpdateAccount({ patchOperations }, internalCall());
  };
  return {
    type: 'AWS::ApiGateway::Account',
    properties: { CloudWatchRoleArn: 'in place' },
    create: async ({ CloudWatchRoleArn }, { physicalName }) => {
      await set(CloudWatchRoleArn);
      const Id = physicalName(64);
      return { physicalId: Id, attributes: { Id } };
    },
    update: async (account, { CloudWatchRoleArn }) => {
      await set(CloudWatchRoleArn);
      return account;
    },
    delete: async () => {},
  };
}
