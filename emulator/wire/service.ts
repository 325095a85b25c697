import type { StaticErrorSchema, StaticOperationSchema } from '@smithy/types';
import type { WireAnswer, WireRequest } from './http.ts';
import type { Call, Handlers } from './operation.ts';
import { type Route, routesOf } from './route.ts';
import { isErrorSchema, isOperationSchema, nameOf } from './schema.ts';

/** What a client module knows of its service: read once from the schemas that it exports. */
export interface ServiceModel {
  /** The name in a request's credential scope, by which the gateway finds the service. */
  readonly signingName: string;
  readonly xmlNamespace: string;
  /** Whether errors also carry their code of the older query protocol (`x-amzn-query-error`). */
  readonly queryCompatible: boolean;
  /** Whether requests name their bucket in the first segment of the path, which no route of the model mentions. */
  readonly bucketInPath: boolean;
  /** The member that the path stands for in a query request without it: old SQS clients post to a queue's own URL. */
  readonly pathMember: string | undefined;
  /** Bytes of the largest body that a request may have. */
  readonly bodyLimit: number;
  readonly operations: ReadonlyMap<string, StaticOperationSchema>;
  readonly errors: ReadonlyMap<string, StaticErrorSchema>;
  readonly routes: readonly Route[];
}

type AnyHandler = (input: never, call: Call) => unknown;

/** A service in one region: its model, and what it does. */
export interface Service {
  readonly model: ServiceModel;
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>;
  /** Answers the raw request of an operation that has no handler here: how a mounted package serves. */
  readonly mounted?: (operation: string, request: WireRequest, call: Call) => Promise<WireAnswer>;
}

/** Services by their names. What few people need is loaded when it is first asked for. */
export type Services = ReadonlyMap<string, Service | (() => Promise<Service>)>;

export async function findService(services: Services, name: string): Promise<Service | undefined> {
  const found = services.get(name);
  return typeof found === 'function' ? await found() : found;
}

export interface ServiceModelOptions {
  readonly xmlNamespace?: string;
  readonly queryCompatible?: boolean;
  readonly bucketInPath?: boolean;
  readonly pathMember?: string;
  /** @default 8 MiB: limits are 1 MiB of text in most services, which escapes make up to six times longer */
  readonly bodyLimit?: number;
}

const MiB = 1024 * 1024;

/** Reads the model of a service out of its SDK client module, such as `import * as sqs from '@aws-sdk/client-sqs'`. */
export function serviceModel(signingName: string, client: object, options: ServiceModelOptions = {}): ServiceModel {
  const exported: unknown[] = Object.values(client);
  const operations = exported.filter(isOperationSchema);
  return {
    signingName,
    xmlNamespace: options.xmlNamespace ?? '',
    queryCompatible: options.queryCompatible ?? false,
    bucketInPath: options.bucketInPath ?? false,
    pathMember: options.pathMember,
    bodyLimit: options.bodyLimit ?? 8 * MiB,
    operations: new Map(operations.map((operation) => [nameOf(operation), operation])),
    errors: new Map(exported.filter(isErrorSchema).map((error) => [error[2], error])),
    routes: routesOf(operations),
  };
}

/** A model without operations: what is known of a service that is not served, for the protocol of its refusal. */
export const unknownService = (signingName = ''): ServiceModel =>
  serviceModel(signingName, {}, { bucketInPath: signingName === 's3' });

/** Puts handlers behind a model. The types hold the handlers to the client module the model was read from. */
export function service<Client>(
  model: ServiceModel,
  handlers: Handlers<Client>,
  mounted?: NonNullable<Service['mounted']>,
): Service {
  return { model, handlers: handlers as Service['handlers'], ...(mounted && { mounted }) };
}
