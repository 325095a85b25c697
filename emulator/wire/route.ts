import type { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import type { WireRequest } from './http.ts';
import { AwsError } from './operation.ts';
import { httpTraitsOf, inputOf, membersOf, requiredCount } from './schema.ts';

/** How a REST operation is recognised: `POST /2015-03-31/functions/{FunctionName}/invocations`. */
export interface Route {
  readonly operation: StaticOperationSchema;
  readonly method: string;
  readonly path: RegExp;
  /** Names of the path's labels, in their order. */
  readonly labels: readonly string[];
  /** Query parameters that must be there; with a value, just that value. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The operation that a client may name by `x-id`, where a path alone is not enough. */
  readonly id: string | undefined;
  /** Headers without which the request is a different operation on the same path. */
  readonly headers: readonly string[];
  readonly status: number;
}

export interface Match {
  readonly route: Route;
  readonly labels: ReadonlyMap<string, string>;
}

/** The routes of a service, the most particular first. */
export function routesOf(operations: readonly StaticOperationSchema[]): Route[] {
  return operations.flatMap(routeOf).sort((a, b) => particularity(b) - particularity(a));
}

/** The route that a request takes, or undefined. */
export function matchRoute(routes: readonly Route[], request: WireRequest, path = request.path): Match | undefined {
  const id = request.query.get('x-id') ?? undefined;
  for (const route of routes) {
    if (route.method !== request.method || (id && route.id && id !== route.id)) {
      continue;
    }
    const values = route.path.exec(path)?.slice(1);
    if (!values || !route.query.every(([name, value]) => hasParameter(request.query, name, value))) {
      continue;
    }
    if (!route.headers.every((header) => request.headers[header] !== undefined)) {
      continue;
    }
    return { route, labels: new Map(route.labels.map((label, i) => [label, decodeLabel(values[i] ?? '')])) };
  }
  return undefined;
}

/** A part of a path, without its percent-encoding. */
export function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('SerializationException', `The path has a bad percent-encoding: ${text}`);
  }
}

const hasParameter = (query: URLSearchParams, name: string, value: string): boolean =>
  query.has(name) && (value === '' || query.get(name) === value);

function routeOf(operation: StaticOperationSchema): Route[] {
  const traits = operation[3];
  const http = typeof traits === 'object' ? (traits as { http?: [string, string, number] }).http : undefined;
  if (!http) {
    return [];
  }
  const [method, uri, status] = http;
  const [path = '/', search = ''] = uri.split('?', 2);
  const labels: string[] = [];
  const pattern = path
    .split('/')
    .filter(Boolean)
    .map((segment) => {
      const label = /^\{(\w+)(\+?)\}$/.exec(segment);
      if (!label?.[1]) {
        return escapeRegExp(segment);
      }
      labels.push(label[1]);
      return label[2] ? '(.+)' : '([^/]+)';
    });
  const parameters = [...new URLSearchParams(search)];
  const required = requiredMembers(operation);
  return [
    {
      operation,
      method,
      path: new RegExp(`^/${pattern.join('/')}/?$`),
      labels,
      query: [...parameters.filter(([name]) => name !== 'x-id'), ...required.flatMap(requiredParameter)],
      id: parameters.find(([name]) => name === 'x-id')?.[1],
      headers: required.flatMap((member) => httpTraitsOf(member).httpHeader?.toLowerCase() ?? []),
      status,
    },
  ];
}

function requiredMembers(operation: StaticOperationSchema): NormalizedSchema[] {
  const input = inputOf(operation);
  if (!input.isStructSchema()) {
    return [];
  }
  return membersOf(input)
    .slice(0, requiredCount(input))
    .map(([, member]) => member);
}

/** A parameter that must be there, with whatever value. */
function requiredParameter(member: NormalizedSchema): [name: string, value: string][] {
  const { httpQuery } = httpTraitsOf(member);
  return httpQuery ? [[httpQuery, '']] : [];
}

/** Literals win over labels, a demanded parameter or header over none, one segment over the rest of a path. */
function particularity(route: Route): number {
  const segments = route.path.source.split('/').length;
  const literals = segments - route.labels.length;
  const greedy = route.path.source.includes('(.+)') ? 1 : 0;
  return literals * 100 + segments * 10 + (route.query.length + route.headers.length) * 20 - greedy * 50;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
