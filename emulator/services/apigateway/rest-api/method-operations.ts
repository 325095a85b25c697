import type * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers } from '../../../wire/operation.ts';
import { functionOf } from '../serving/function-integration.ts';
import { badRequest, checkRegex, conflict, notFound, notServed } from './errors.ts';
import { unservedTemplate } from './mock-integration.ts';
import { existing, type RestApi } from './rest-api.ts';

const methods = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

type Where = {
  readonly restApiId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly httpMethod?: string | undefined;
};

/** The methods of a REST API's resources, and what they lead to: Lambda functions, and answers of their own (MOCK). */
export function methodOperations(apis: ReadonlyMap<string, RestApi>) {
  const methodAt = ({ restApiId, resourceId, httpMethod }: Where): apigateway.Method => {
    const { methods } = existing(existing(apis, 'API', restApiId).resources, 'Resource', resourceId);
    return existing(methods, 'Method', httpMethod);
  };
  const integrationAt = (where: Where): apigateway.Integration => {
    const { methodIntegration } = methodAt(where);
    if (!methodIntegration) {
      throw notFound('Integration');
    }
    return methodIntegration;
  };
  const set = ({ restApiId, resourceId, httpMethod = '' }: Where, method: apigateway.Method | undefined) =>
    existing(apis, 'API', restApiId).setMethod(resourceId, httpMethod, method);

  return {
    PutMethod: ({ restApiId, resourceId, httpMethod = '', ...input }) => {
      const api = existing(apis, 'API', restApiId);
      const resource = existing(api.resources, 'Resource', resourceId);
      if (!methods.includes(httpMethod)) {
        throw badRequest(`Invalid HTTP method specified: ${httpMethod}`);
      }
      if (resource.methods.has(httpMethod)) {
        throw conflict('Method already exists for this resource');
      }
      checkAuthorization(api, input);
      const method: apigateway.Method = { apiKeyRequired: false, ...input, httpMethod };
      api.setMethod(resourceId, httpMethod, method);
      return method;
    },
    GetMethod: (where) => methodAt(where),
    DeleteMethod: (where) => {
      methodAt(where);
      set(where, undefined);
      return {};
    },
    PutMethodResponse: ({ statusCode = '', responseParameters, responseModels, ...where }) => {
      const method = methodAt(where);
      const response = { statusCode, responseParameters, responseModels };
      set(where, { ...method, methodResponses: { ...method.methodResponses, [statusCode]: response } });
      return response;
    },
    GetMethodResponse: ({ statusCode, ...where }) =>
      existing(new Map(Object.entries(methodAt(where).methodResponses ?? {})), 'Response status code', statusCode),
    DeleteMethodResponse: ({ statusCode = '', ...where }) => {
      const method = methodAt(where);
      const { [statusCode]: _gone, ...methodResponses } = method.methodResponses ?? {};
      set(where, { ...method, methodResponses });
      return {};
    },
    PutIntegration: ({ restApiId, resourceId, httpMethod, integrationHttpMethod, ...input }) => {
      const where = { restApiId, resourceId, httpMethod };
      const method = methodAt(where);
      checkIntegration(input);
      const integration: apigateway.Integration = {
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        cacheNamespace: resourceId,
        cacheKeyParameters: [],
        ...input,
        httpMethod: integrationHttpMethod,
      };
      set(where, { ...method, methodIntegration: integration });
      return integration;
    },
    GetIntegration: (where) => integrationAt(where),
    DeleteIntegration: (where) => {
      integrationAt(where);
      const { methodIntegration: _gone, ...method } = methodAt(where);
      set(where, method);
      return {};
    },
    PutIntegrationResponse: ({
      statusCode = '',
      selectionPattern,
      responseParameters,
      responseTemplates,
      contentHandling,
      ...where
    }) => {
      const integration = integrationAt(where);
      checkRegex(selectionPattern);
      if (unservedTemplate(responseTemplates) !== undefined) {
        throw notServed('A mapping template that is to be run');
      }
      const response = { statusCode, selectionPattern, responseParameters, responseTemplates, contentHandling };
      const integrationResponses = { ...integration.integrationResponses, [statusCode]: response };
      set(where, { ...methodAt(where), methodIntegration: { ...integration, integrationResponses } });
      return response;
    },
    GetIntegrationResponse: ({ statusCode, ...where }) =>
      existing(
        new Map(Object.entries(integrationAt(where).integrationResponses ?? {})),
        'Response status code',
        statusCode,
      ),
    DeleteIntegrationResponse: ({ statusCode = '', ...where }) => {
      const integration = integrationAt(where);
      const { [statusCode]: _gone, ...integrationResponses } = integration.integrationResponses ?? {};
      set(where, { ...methodAt(where), methodIntegration: { ...integration, integrationResponses } });
      return {};
    },
  } satisfies Handlers<typeof apigateway>;
}

function checkAuthorization(
  api: RestApi,
  input: {
    authorizationType?: string | undefined;
    authorizerId?: string | undefined;
    requestValidatorId?: string | undefined;
  },
): void {
  if (input.requestValidatorId) {
    throw notServed('requestValidatorId');
  }
  const type = input.authorizationType ?? 'NONE';
  if (type === 'COGNITO_USER_POOLS') {
    throw notServed('The authorization by COGNITO_USER_POOLS');
  }
  if (!['NONE', 'AWS_IAM', 'CUSTOM'].includes(type)) {
    throw badRequest(`Invalid authorization type specified: ${type}`);
  }
  if (type === 'CUSTOM' && !api.authorizers.has(input.authorizerId ?? '')) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  }
}

function checkIntegration({
  type,
  uri = '',
  requestTemplates,
  timeoutInMillis = 29_000,
}: Partial<apigateway.PutIntegrationRequest>): void {
  if (type !== 'AWS_PROXY' && type !== 'MOCK') {
    throw notServed(`An integration of the type ${type} (only AWS_PROXY and MOCK are)`);
  }
  if (type === 'AWS_PROXY' && functionOf(uri) === undefined) {
    throw badRequest(`Invalid URI specified: ${uri}. It must be that of a Lambda function's invocation`);
  }
  if (type === 'MOCK' && unservedTemplate(requestTemplates) !== undefined) {
    throw notServed('A mapping template that is to be run');
  }
  if (timeoutInMillis < 50 || timeoutInMillis > 300_000) {
    throw badRequest('Timeout should be between 50 ms and 29000 ms');
  }
}
