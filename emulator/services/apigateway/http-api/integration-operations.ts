import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import type { Handlers } from '../../../wire/operation.ts';
import { newId } from '../serving/api-server.ts';
import { functionOf } from '../serving/function-integration.ts';
import { badRequest, conflict, notServed, refuseMembers } from './errors.ts';
import { existing, type HttpApi } from './http-api.ts';
import { pageOf } from './paging.ts';

const refused = [
  'ConnectionId',
  'IntegrationSubtype',
  'RequestParameters',
  'RequestTemplates',
  'ResponseParameters',
  'TlsConfig',
] as const;

/** What the routes of an HTTP API lead to: Lambda functions. */
export const integrationOperations = (apis: ReadonlyMap<string, HttpApi>) =>
  ({
    CreateIntegration: ({ ApiId, ...input }) => {
      const api = existing(apis, 'API', ApiId);
      refuseMembers(input, refused);
      const integration: apigateway.Integration = {
        ConnectionType: 'INTERNET',
        IntegrationMethod: 'POST',
        TimeoutInMillis: 30_000,
        ...input,
        IntegrationId: newId(7),
      };
      check(integration);
      api.integrations.set(integration.IntegrationId ?? '', integration);
      api.changed();
      return integration;
    },
    GetIntegration: ({ ApiId, IntegrationId }) =>
      existing(existing(apis, 'API', ApiId).integrations, 'Integration', IntegrationId),
    GetIntegrations: ({ ApiId, ...input }) =>
      pageOf([...existing(apis, 'API', ApiId).integrations.values()], ({ IntegrationId }) => IntegrationId, input),
    UpdateIntegration: ({ ApiId, IntegrationId = '', ...input }) => {
      const api = existing(apis, 'API', ApiId);
      const before = existing(api.integrations, 'Integration', IntegrationId);
      refuseMembers(input, refused);
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const integration: apigateway.Integration = { ...before, ...Object.fromEntries(given) };
      check(integration);
      api.integrations.set(IntegrationId, integration);
      api.changed();
      return integration;
    },
    DeleteIntegration: ({ ApiId, IntegrationId = '' }) => {
      const api = existing(apis, 'API', ApiId);
      existing(api.integrations, 'Integration', IntegrationId);
      const user = [...api.routes.values()].find(({ Target }) => Target === `integrations/${IntegrationId}`);
      if (user) {
        throw conflict(
          `Cannot delete Integration '${IntegrationId}' due to it being referenced by Route '${user.RouteKey}'`,
        );
      }
      api.integrations.delete(IntegrationId);
      api.changed();
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function check({
  IntegrationType,
  IntegrationUri = '',
  PayloadFormatVersion,
  TimeoutInMillis = 0,
}: apigateway.Integration): void {
  if (IntegrationType !== 'AWS_PROXY') {
    throw notServed(`An integration of the type ${IntegrationType} (only AWS_PROXY is)`);
  }
  if (PayloadFormatVersion !== '1.0' && PayloadFormatVersion !== '2.0') {
    throw badRequest('PayloadFormatVersion is a required parameter for integration with type AWS_PROXY: 1.0 or 2.0');
  }
  if (functionOf(IntegrationUri) === undefined) {
    throw badRequest(`Invalid integration URI specified ${IntegrationUri}: it must be that of a Lambda function`);
  }
  if (TimeoutInMillis < 50 || TimeoutInMillis > 30_000) {
    throw badRequest('Timeout should be between 50 ms and 30000 ms');
  }
}
