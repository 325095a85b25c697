import type { ProxiedVia } from '../../../wire/lambda-proxy/payload-1.ts';
import type { InvokedVia } from '../../../wire/lambda-proxy/payload-2.ts';
import type { Region } from '../../../wire/operation.ts';
import type { ApiGatewayDeps, ApiRequest } from '../serving/api-server.ts';
import type { Deployed, HttpApi, Route, Stage } from './http-api.ts';

/** What serving an API needs. */
export type ServingDeps = ApiGatewayDeps & { readonly region: Region };

/** A request, and the route that it takes. */
export interface Routed {
  readonly deps: ServingDeps;
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly deployed: Deployed;
  readonly route: Route;
  readonly request: ApiRequest;
  /** Below the stage. */
  readonly path: string;
  /** What its event tells, in the payload formats 2.0 and 1.0. */
  readonly via: InvokedVia;
  readonly viaV1: ProxiedVia;
}
