import * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers, Region } from '../../../wire/operation.ts';
import { service, serviceModel } from '../../../wire/service.ts';
import type { ApiGatewayDeps } from '../serving/api-server.ts';
import { apiOperations } from './api-operations.ts';
import { authorizerOperations } from './authorizer-operations.ts';
import { methodOperations } from './method-operations.ts';
import { resourceOperations } from './resource-operations.ts';
import type { RestApi } from './rest-api.ts';
import { stageOperations } from './stage-operations.ts';
import { usagePlanOperations } from './usage-plan-operations.ts';
import { UsagePlans } from './usage-plans.ts';

const model = serviceModel('apigateway', apigateway);

/**
 * API Gateway's REST APIs, for Lambda functions (proxy integrations) and mocks, with Lambda and IAM authorizers. Each answers on a
 * loopback port of its own. Less than AWS: no validators and models, no mapping templates, no integrations
 * but these, no caches, no domain names; nothing is throttled.
 */
export function createRestApis(region: Region, deps: ApiGatewayDeps) {
  const apis = new Map<string, RestApi>();
  const usagePlans = new UsagePlans();
  const operations = {
    ...apiOperations(apis, { ...deps, region, usagePlans }),
    ...usagePlanOperations(usagePlans),
    ...resourceOperations(apis),
    ...methodOperations(apis),
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
