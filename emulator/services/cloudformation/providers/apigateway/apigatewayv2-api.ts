import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';

/** What UpdateApi changes, with what an API has where a template no longer says. */
const settingDefaults = {
  CorsConfiguration: {},
  Description: '',
  DisableExecuteApiEndpoint: false,
  Version: '',
};
const settingNames = [...Object.keys(settingDefaults), 'DisableSchemaValidation', 'IpAddressType', 'Name'];

/** Source: CloudFormation User Guide, "AWS::ApiGatewayV2::Api", of HTTP APIs. `Ref` is the API's ID. */
export function apiGatewayV2Api(httpApis: ServiceOperations['httpApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGatewayV2::Api',
    properties: {
      CorsConfiguration: 'in place',
      Description: 'in place',
      DisableExecuteApiEndpoint: 'in place',
      DisableSchemaValidation: 'in place',
      IpAddressType: 'in place',
      Name: 'in place',
      ProtocolType: 'replacement',
      Tags: 'in place',
      Version: 'in place',
    },
    refusals: ({ ProtocolType }) =>
      ProtocolType === 'WEBSOCKET' ? ['#/ProtocolType: WEBSOCKET is not served by this endpoint'] : [],
    create: async (properties) => {
      const { CreateApiCommand } = await import('@aws-sdk/client-apigatewayv2');
      const input = apiInput(CreateApiCommand, { ...properties, Tags: tagMap(properties['Tags']) });
      const { ApiId = '', ApiEndpoint } = await (await httpApis()).CreateApi(input, internalCall());
      return { physicalId: ApiId, attributes: { ApiId, ApiEndpoint } };
    },
    update: async (api, properties, previous, { region }) => {
      const operations = await httpApis();
      const ApiId = api.physicalId;
      if (isChanged(previous, properties, settingNames)) {
        const { UpdateApiCommand } = await import('@aws-sdk/client-apigatewayv2');
        const settings = pick(withDefaults(previous, properties, settingDefaults), settingNames);
        await operations.UpdateApi(apiInput(UpdateApiCommand, { ...settings, ApiId }), internalCall());
      }
      const ResourceArn = `arn:aws:apigateway:${region.name}::/apis/${ApiId}`;
      await changeTags(previous, properties, {
        set: (Tags) => operations.TagResource({ ResourceArn, Tags }, internalCall()),
        remove: (TagKeys) => operations.UntagResource({ ResourceArn, TagKeys }, internalCall()),
      });
      return api;
    },
    delete: ({ physicalId: ApiId }) => unlessGone(async () => (await httpApis()).DeleteApi({ ApiId }, internalCall())),
  };
}
