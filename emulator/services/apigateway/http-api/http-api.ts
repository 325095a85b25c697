import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import { type ApiServer, newId } from '../serving/api-server.ts';
import { AuthorizerCache } from '../serving/authorizer-cache.ts';
import { notFound } from './errors.ts';
import { type RouteKey, readRouteKey } from './route-key.ts';

/** An answer of a Lambda authorizer, as it came. */
export type AuthorizerAnswer = Readonly<Record<string, unknown>> | undefined;

export type Route = Omit<apigateway.Route, 'RouteKey'> & { readonly RouteKey: string };
export type Stage = apigateway.Stage & { readonly StageName: string };

/** What a request goes through: as it is, or as it was when it was deployed. */
export interface Deployed {
  readonly routes: readonly (Route & { readonly key: RouteKey })[];
  readonly integrations: ReadonlyMap<string, apigateway.Integration>;
  readonly authorizers: ReadonlyMap<string, apigateway.Authorizer>;
}

interface Deployment {
  readonly description: apigateway.Deployment;
  readonly deployed: Deployed;
}

/** An HTTP API with all that belongs to it. */
export class HttpApi {
  settings: apigateway.Api;
  readonly server: ApiServer;
  readonly routes = new Map<string, Route>();
  readonly integrations = new Map<string, apigateway.Integration>();
  readonly authorizers = new Map<string, apigateway.Authorizer>();
  readonly stages = new Map<string, Stage>();
  readonly deployments = new Map<string, Deployment>();
  readonly #caches = new Map<string, AuthorizerCache<AuthorizerAnswer>>();
  #current: Deployed | undefined;

  constructor(server: ApiServer, settings: apigateway.Api) {
    this.server = server;
    this.settings = settings;
  }

  get id(): string {
    return this.server.id;
  }

  /** What a stage serves; undefined where nothing was deployed to it. */
  deployedTo({ AutoDeploy, DeploymentId }: Stage): Deployed | undefined {
    return AutoDeploy ? this.#now() : this.deployments.get(DeploymentId ?? '')?.deployed;
  }

  /** Notes that something is other than it was. */
  changed(): void {
    this.#current = undefined;
  }

  deploy(Description: string | undefined, AutoDeployed: boolean): apigateway.Deployment {
    const description: apigateway.Deployment = {
      AutoDeployed,
      CreatedDate: new Date(),
      DeploymentId: newId(6),
      DeploymentStatus: 'DEPLOYED',
      ...(Description !== undefined && { Description }),
    };
    this.deployments.set(description.DeploymentId ?? '', { description, deployed: this.#now() });
    return description;
  }

  /** What an authorizer said, by the ID that it has. */
  cacheOf(authorizerId: string): AuthorizerCache<AuthorizerAnswer> {
    const cache = this.#caches.get(authorizerId) ?? new AuthorizerCache();
    this.#caches.set(authorizerId, cache);
    return cache;
  }

  forgetAnswers(authorizerId: string): void {
    this.#caches.delete(authorizerId);
  }

  #now(): Deployed {
    this.#current ??= {
      routes: [...this.routes.values()].map((route) => ({ ...route, key: readRouteKey(route.RouteKey) })),
      integrations: new Map(this.integrations),
      authorizers: new Map(this.authorizers),
    };
    return this.#current;
  }
}

/** A part of an API by its ID. @throws NotFoundException */
export function existing<Part>(parts: ReadonlyMap<string, Part>, what: string, id = ''): Part {
  const part = parts.get(id);
  if (part === undefined) {
    throw notFound(what, id);
  }
  return part;
}
