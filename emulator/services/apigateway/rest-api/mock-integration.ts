import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { LinearRegex } from '../../../wire/linear-regex.ts';
import type { ApiRequest } from '../serving/api-server.ts';
import { literalHeaders } from './gateway-response.ts';

const headerPrefix = 'method.response.header.';
const json = 'application/json';

/** What CDK writes for several allowed origins: the one that asked is allowed, if it is one of them. */
const originTemplate =
  /^#set\(\$origin = \$input\.params\(\)\.header\.get\("Origin"\)\)\s*#if\(\$origin == ""\)\s*#set\(\$origin = \$input\.params\(\)\.header\.get\("origin"\)\)\s*#end\s*#if\((?<test>[^)]*)\)\s*#set\(\$context\.responseOverride\.header\.Access-Control-Allow-Origin = \$origin\)\s*#end\s*$/;
const originTest = /^\$origin == "([^"]*)"$/;

/**
 * Answers by itself. Source: API Gateway Developer Guide, "Set up mock integrations in API Gateway". Of mapping templates it knows literal
 * text, and CDK's for CORS with several origins; others are refused when they are put ({@link unservedTemplate}).
 */
export function mockAnswer(integration: Integration, { incoming }: ApiRequest): UrlResponse | undefined {
  const type = (incoming.headers['content-type'] ?? json).split(';', 1)[0]?.trim() ?? json;
  const templates = integration.requestTemplates ?? {};
  const request = templates[type] ?? templates[json];
  const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(request ?? '')?.[1];
  const responses = Object.values(integration.integrationResponses ?? {});
  const response =
    responses.find(
      ({ selectionPattern }) => selectionPattern && status && new LinearRegex(selectionPattern).matches(status),
    ) ?? responses.find(({ selectionPattern }) => !selectionPattern);
  if (status === undefined || !response) {
    return undefined;
  }
  return answerOf(response, incoming.headers.origin ?? '');
}

function answerOf(
  { statusCode, responseParameters, responseTemplates = {} }: IntegrationResponse,
  origin: string,
): UrlResponse {
  const [type = json, template = ''] = Object.entries(responseTemplates)[0] ?? [];
  const origins = originsOf(template);
  return {
    status: Number(statusCode),
    headers: {
      'content-type': type,
      ...literalHeaders(responseParameters, headerPrefix),
      ...(origins?.includes(origin) && { 'access-control-allow-origin': origin }),
    },
    body: origins ? '' : template,
  };
}

/** The origins in CDK's template; undefined for another template. */
function originsOf(template: string): string[] | undefined {
  const tests = originTemplate
    .exec(template)
    ?.groups?.['test']?.split('||')
    .map((test) => originTest.exec(test.trim())?.[1]);
  return tests?.every((origin): origin is string => origin !== undefined) ? tests : undefined;
}

/** A template that would have to be run, among those of an integration or a response; undefined where there is none. */
export function unservedTemplate(templates: Readonly<Record<string, string>> | undefined): string | undefined {
  return Object.values(templates ?? {}).find((template) => /[$#]/.test(template) && !originsOf(template));
}
