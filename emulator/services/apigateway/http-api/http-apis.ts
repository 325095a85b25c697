import * as apigateway from '@aws-sdk/client-apigatewayv2';
import type { Handlers, Region } from '../../../wire/operation.ts';
import { service, serviceModel } from '../../../wire/service.ts';
import type { ApiGatewayDeps } from '../serving/api-server.ts';
import { apiOperations } from './api-operations.ts';
import { authorizerOperations } from './authorizer-operations.ts';
import type { HttpApi } from './http-api.ts';
import { integrationOperations } from './integration-operations.ts';
import { routeOperations } from './route-operations.ts';
import { stageOperations } from './stage-operations.ts';

/** The API shares its signing name with that of REST APIs; this one tells them apart. */
const model = serviceModel('apigatewayv2', apigateway);

/**
 * API Gateway's HTTP APIs, for Lambda functions, with Lambda and IAM authorizers. Each answers on a loopback port of its own. Less than
 * AWS: no WebSockets, no JWT authorizers, no integrations but functions, no domain names; nothing is throttled.
 */
export function createHttpApis(region: Region, deps: ApiGatewayDeps) {
  const apis = new Map<string, HttpApi>();
  const operations = {
    ...apiOperations(apis, { ...deps, region }),
    ...routeOperations(apis),
    ...integrationOperations(apis),
    ...authorizerOperations(apis),
    ...stageOperations(apis),
  } satisfies Handlers<typeof apigateway>;
  return {
    service: service<typeof apigateway>(model, operations),
    operations,
    close: (): void => {
      for (const { server } of apis.values()) {
        server.close();
      }
    },
  };
}
