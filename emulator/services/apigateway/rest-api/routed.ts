import type { Method, Stage } from '@aws-sdk/client-api-gateway';
import type { ProxiedVia } from '../../../wire/lambda-proxy/payload-1.ts';
import type { Region } from '../../../wire/operation.ts';
import type { ApiGatewayDeps, ApiRequest } from '../serving/api-server.ts';
import type { RestApi, Snapshot } from './rest-api.ts';
import type { UsagePlans } from './usage-plans.ts';

/** What serving an API needs. */
export type ServingDeps = ApiGatewayDeps & { readonly region: Region; readonly usagePlans: UsagePlans };

/** A request, and the method that it is for. */
export interface Routed {
  readonly deps: ServingDeps;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly snapshot: Snapshot;
  readonly method: Method;
  readonly request: ApiRequest;
  /** Below the stage. */
  readonly path: string;
  readonly via: ProxiedVia;
}
