import type * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers } from '../../../wire/operation.ts';
import { ApiServer, newId } from '../serving/api-server.ts';
import { badRequest, notServed } from './errors.ts';
import { isKnownType } from './gateway-response.ts';
import { unservedTemplate } from './mock-integration.ts';
import { pageOf } from './paging.ts';
import { asBoolean, asNumber, asText, patched } from './patch.ts';
import { existing, RestApi } from './rest-api.ts';
import type { ServingDeps } from './routed.ts';
import { fault, serveRequest, tooLarge } from './serve-request.ts';

/** REST APIs, what they answer by themselves, and the account's settings. Policies are kept, and not enforced. */
export function apiOperations(apis: Map<string, RestApi>, deps: ServingDeps) {
  let account: apigateway.Account = { throttleSettings: { burstLimit: 5000, rateLimit: 10_000 }, features: [] };
  return {
    CreateRestApi: async (input) => {
      if (input.cloneFrom) {
        throw notServed('cloneFrom');
      }
      const { region, addresses } = deps;
      const answer: Parameters<typeof ApiServer.open>[0]['answer'] = (request) => serveRequest(api, request, deps);
      const server = await ApiServer.open({ region, addresses, onFault: fault, tooLarge, answer });
      const given = Object.entries(input).filter(([name, value]) => value !== undefined && name !== 'cloneFrom');
      const api = new RestApi(server, {
        apiKeySource: 'HEADER',
        disableExecuteApiEndpoint: false,
        endpointConfiguration: { types: ['EDGE'] },
        ...(Object.fromEntries(given) as apigateway.RestApi),
        id: server.id,
        createdDate: new Date(),
        rootResourceId: newId(),
      });
      apis.set(api.id, api);
      return api.settings;
    },
    GetRestApi: ({ restApiId }) => existing(apis, 'API', restApiId).settings,
    GetRestApis: (input) =>
      pageOf(
        [...apis.values()].map(({ settings }) => settings),
        ({ id }) => id,
        input,
      ),
    UpdateRestApi: ({ restApiId, patchOperations }) => {
      const api = existing(apis, 'API', restApiId);
      const isOfType = ({ path }: apigateway.PatchOperation) =>
        path?.startsWith('/endpointConfiguration/types/') === true;
      const type = patchOperations?.findLast((one) => isOfType(one) && one.op === 'replace')?.value;
      const others = patchOperations?.filter((one) => !isOfType(one));
      const settings =
        type === undefined
          ? api.settings
          : { ...api.settings, endpointConfiguration: { types: [type as apigateway.EndpointType] } };
      api.settings = patched(settings, others, {
        apiKeySource: asText,
        'binaryMediaTypes[]': asText,
        description: asText,
        disableExecuteApiEndpoint: asBoolean,
        minimumCompressionSize: asNumber,
        name: asText,
        policy: asText,
      });
      return api.settings;
    },
    DeleteRestApi: ({ restApiId }) => {
      const api = existing(apis, 'API', restApiId);
      api.server.close();
      apis.delete(api.id);
      return {};
    },
    PutGatewayResponse: ({ restApiId, responseType = '', statusCode, responseParameters, responseTemplates }) => {
      const api = existing(apis, 'API', restApiId);
      if (!isKnownType(responseType)) {
        throw badRequest(`Invalid gateway response type ${responseType}`);
      }
      const template = unservedTemplate(
        Object.fromEntries(
          Object.entries(responseTemplates ?? {}).map(([type, text]) => [
            type,
            text.replaceAll(/\$context\.error\.\w+/g, ''),
          ]),
        ),
      );
      if (template !== undefined) {
        throw notServed('A mapping template of a gateway response, but for $context.error,');
      }
      const response = {
        responseType: responseType as apigateway.GatewayResponseType,
        statusCode,
        responseParameters,
        responseTemplates,
        defaultResponse: false,
      };
      api.gatewayResponses.set(responseType, response);
      return response;
    },
    GetGatewayResponse: ({ restApiId, responseType }) =>
      existing(existing(apis, 'API', restApiId).gatewayResponses, 'Gateway response type', responseType),
    GetGatewayResponses: ({ restApiId, ...input }) =>
      pageOf(
        [...existing(apis, 'API', restApiId).gatewayResponses.values()],
        ({ responseType }) => responseType,
        input,
      ),
    DeleteGatewayResponse: ({ restApiId, responseType = '' }) => {
      const api = existing(apis, 'API', restApiId);
      existing(api.gatewayResponses, 'Gateway response type', responseType);
      api.gatewayResponses.delete(responseType);
      return {};
    },
    GetAccount: () => account,
    UpdateAccount: ({ patchOperations }) => {
      account = patched(account, patchOperations, { cloudwatchRoleArn: asText });
      return account;
    },
    GetTags: ({ resourceArn }) => ({ tags: tagged(apis, resourceArn).tags ?? {} }),
    TagResource: ({ resourceArn, tags }) => {
      const resource = tagged(apis, resourceArn);
      resource.tags = { ...resource.tags, ...tags };
      return {};
    },
    UntagResource: ({ resourceArn, tagKeys = [] }) => {
      const resource = tagged(apis, resourceArn);
      resource.tags = Object.fromEntries(Object.entries(resource.tags ?? {}).filter(([key]) => !tagKeys.includes(key)));
      return {};
    },
  } satisfies Handlers<typeof apigateway>;
}

/** `arn:aws:apigateway:REGION::/restapis/ID` or `.../stages/NAME` */
function tagged(apis: ReadonlyMap<string, RestApi>, resourceArn = ''): { tags?: Record<string, string> | undefined } {
  const [, id = '', stage] = /:\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(resourceArn) ?? [];
  const api = existing(apis, 'API', id);
  return stage === undefined ? api.settings : existing(api.stages, 'Stage', stage);
}
