import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import type { Handlers } from '../../../wire/operation.ts';
import { ApiServer } from '../serving/api-server.ts';
import { badRequest, notServed, refuseMembers } from './errors.ts';
import { existing, HttpApi } from './http-api.ts';
import { pageOf } from './paging.ts';
import type { ServingDeps } from './routed.ts';
import { fault, serveRequest, tooLarge } from './serve-request.ts';

const quickCreate = ['RouteKey', 'Target', 'CredentialsArn'] as const;

/** HTTP APIs. Those of WebSockets are refused by name. */
export const apiOperations = (apis: Map<string, HttpApi>, deps: ServingDeps) =>
  ({
    CreateApi: async (input) => {
      if (input.ProtocolType !== 'HTTP') {
        throw notServed(`An API with the protocol ${input.ProtocolType}`);
      }
      refuseMembers(input, quickCreate);
      checkCors(input.CorsConfiguration);
      const { region, addresses } = deps;
      const answer: Parameters<typeof ApiServer.open>[0]['answer'] = (request) => serveRequest(api, request, deps);
      const server = await ApiServer.open({ region, addresses, onFault: fault, tooLarge, answer });
      const api = new HttpApi(server, {
        ...settingsOf(input),
        ApiId: server.id,
        ApiEndpoint: server.origin,
        ApiKeySelectionExpression: '$request.header.x-api-key',
        CreatedDate: new Date(),
        DisableExecuteApiEndpoint: input.DisableExecuteApiEndpoint ?? false,
        Name: input.Name,
        ProtocolType: 'HTTP',
        RouteSelectionExpression: '$request.method $request.path',
        Tags: input.Tags ?? {},
      });
      apis.set(api.id, api);
      return api.settings;
    },
    GetApi: ({ ApiId }) => existing(apis, 'API', ApiId).settings,
    GetApis: (input) =>
      pageOf(
        [...apis.values()].map(({ settings }) => settings),
        ({ ApiId }) => ApiId,
        input,
      ),
    UpdateApi: ({ ApiId, ...input }) => {
      const api = existing(apis, 'API', ApiId);
      refuseMembers(input, quickCreate);
      checkCors(input.CorsConfiguration);
      const isEmptied = input.CorsConfiguration && Object.keys(input.CorsConfiguration).length === 0;
      api.settings = { ...api.settings, ...settingsOf(input), ...(isEmptied && { CorsConfiguration: undefined }) };
      return api.settings;
    },
    DeleteApi: ({ ApiId }) => {
      const api = existing(apis, 'API', ApiId);
      api.server.close();
      apis.delete(api.id);
      return {};
    },
    DeleteCorsConfiguration: ({ ApiId }) => {
      const api = existing(apis, 'API', ApiId);
      api.settings = { ...api.settings, CorsConfiguration: undefined };
      return {};
    },
    GetTags: ({ ResourceArn }) => ({ Tags: tagged(apis, ResourceArn).Tags }),
    TagResource: ({ ResourceArn, Tags }) => {
      const resource = tagged(apis, ResourceArn);
      resource.Tags = { ...resource.Tags, ...Tags };
      return {};
    },
    UntagResource: ({ ResourceArn, TagKeys = [] }) => {
      const resource = tagged(apis, ResourceArn);
      resource.Tags = Object.fromEntries(Object.entries(resource.Tags ?? {}).filter(([key]) => !TagKeys.includes(key)));
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

/** What can be set of an API, as far as it is given. */
function settingsOf(
  input: Partial<apigateway.UpdateApiRequest & apigateway.CreateApiRequest>,
): Partial<apigateway.Api> {
  const {
    CorsConfiguration,
    Description,
    DisableExecuteApiEndpoint,
    DisableSchemaValidation,
    IpAddressType,
    Name,
    Version,
  } = input;
  const settings = {
    CorsConfiguration,
    Description,
    DisableExecuteApiEndpoint,
    DisableSchemaValidation,
    IpAddressType,
    Name,
    Version,
  };
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Partial<apigateway.Api>;
}

function checkCors(cors: apigateway.Cors | undefined): void {
  if (cors?.AllowCredentials && cors.AllowOrigins?.includes('*')) {
    throw badRequest('allow_credentials cannot be true if allow_origins contains "*"');
  }
}

/** `arn:aws:apigateway:REGION::/apis/ID` or `.../stages/NAME` */
function tagged(apis: ReadonlyMap<string, HttpApi>, resourceArn = ''): { Tags?: Record<string, string> | undefined } {
  const [, id = '', stage] = /:\/(?:v2\/)?apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(resourceArn) ?? [];
  const api = existing(apis, 'API', id);
  return stage === undefined ? api.settings : existing(api.stages, 'stage', stage);
}
