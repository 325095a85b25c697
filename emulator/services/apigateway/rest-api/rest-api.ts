import type * as apigateway from '@aws-sdk/client-api-gateway';
import { type ApiServer, newId } from '../serving/api-server.ts';
import { AuthorizerCache } from '../serving/authorizer-cache.ts';
import { notFound } from './errors.ts';

export interface Resource {
  readonly id: string;
  readonly parentId?: string | undefined;
  readonly pathPart?: string | undefined;
  readonly path: string;
  readonly methods: ReadonlyMap<string, apigateway.Method>;
}

/** What an authorizer said: its answer, or why there is none. */
export type AuthorizerAnswer =
  | { readonly answer: Readonly<Record<string, unknown>> }
  | { readonly failed: 'unauthorized' | 'error' };

/** What a stage serves: the API as it was when it was deployed. */
export interface Snapshot {
  readonly resources: readonly Resource[];
  readonly authorizers: ReadonlyMap<string, apigateway.Authorizer>;
  readonly gatewayResponses: ReadonlyMap<string, apigateway.GatewayResponse>;
  readonly binaryMediaTypes: readonly string[];
}

export interface Deployment {
  readonly description: apigateway.Deployment;
  readonly snapshot: Snapshot;
}

/** A REST API with all that belongs to it. */
export class RestApi {
  readonly server: ApiServer;
  settings: apigateway.RestApi;
  /** What is there is never changed, but is another: so a deployment keeps it by holding it. */
  readonly resources = new Map<string, Resource>();
  readonly authorizers = new Map<string, apigateway.Authorizer>();
  readonly gatewayResponses = new Map<string, apigateway.GatewayResponse>();
  readonly deployments = new Map<string, Deployment>();
  readonly stages = new Map<string, apigateway.Stage>();
  readonly #caches = new Map<string, AuthorizerCache<AuthorizerAnswer>>();

  constructor(server: ApiServer, settings: apigateway.RestApi) {
    this.server = server;
    this.settings = settings;
    this.resources.set(this.rootId, { id: this.rootId, path: '/', methods: new Map() });
  }

  get id(): string {
    return this.server.id;
  }

  get rootId(): string {
    return String(this.settings.rootResourceId);
  }

  deploy(description: string | undefined): Deployment {
    const deployment: Deployment = {
      description: { id: newId(6), createdDate: new Date(), ...(description !== undefined && { description }) },
      snapshot: {
        resources: [...this.resources.values()],
        authorizers: new Map(this.authorizers),
        gatewayResponses: new Map(this.gatewayResponses),
        binaryMediaTypes: this.settings.binaryMediaTypes ?? [],
      },
    };
    this.deployments.set(String(deployment.description.id), deployment);
    return deployment;
  }

  /** Puts another method in the place of one, or takes it away. @throws NotFoundException */
  setMethod(resourceId: string | undefined, httpMethod: string, method: apigateway.Method | undefined): void {
    const resource = existing(this.resources, 'Resource', resourceId);
    const methods = new Map(resource.methods);
    if (method) {
      methods.set(httpMethod, method);
    } else {
      methods.delete(httpMethod);
    }
    this.resources.set(resource.id, { ...resource, methods });
  }

  cacheOf(authorizerId: string): AuthorizerCache<AuthorizerAnswer> {
    const cache = this.#caches.get(authorizerId) ?? new AuthorizerCache();
    this.#caches.set(authorizerId, cache);
    return cache;
  }

  forgetAnswers(authorizerId: string): void {
    this.#caches.delete(authorizerId);
  }
}

/** A part of an API by its ID. @throws NotFoundException */
export function existing<Part>(parts: ReadonlyMap<string, Part>, what: string, id = ''): Part {
  const part = parts.get(id);
  if (part === undefined) {
    throw notFound(what);
  }
  return part;
}
