import { internalCall } from '../../../wire/operation.ts';
import type { ApiGatewayDeps } from './api-server.ts';

/** What became of an invocation: its payload, or why there is none. */
export type Invoked =
  | { readonly payload: Uint8Array }
  | { readonly failed: 'error' | 'timeout'; readonly payload?: Uint8Array | undefined };

const invocationUri = /^arn:[^:]+:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** The function that the URI of an integration or an authorizer leads to; undefined where it is none. */
export function functionOf(uri: string, stageVariables: Readonly<Record<string, string>> = {}): string | undefined {
  const named = invocationUri.exec(uri)?.[1] ?? uri;
  const name = named.replaceAll(
    /\$\{stageVariables\.(\w+)\}/g,
    (_all, variable: string) => stageVariables[variable] ?? '',
  );
  return /^arn:[^:]+:lambda:[^:]*:\d*:function:/.test(name) ? name : undefined;
}

/** Invokes a function, and waits for as long as an API does. */
export async function invokeFunction(
  { lambda }: ApiGatewayDeps,
  FunctionName: string,
  event: Uint8Array,
  timeoutMs: number,
): Promise<Invoked> {
  const { promise: late, resolve } = Promise.withResolvers<Invoked>();
  const timer = setTimeout(() => resolve({ failed: 'timeout' }), timeoutMs).unref();
  const invocation = invoke(lambda, FunctionName, event).finally(() => clearTimeout(timer));
  return await Promise.race([invocation, late]);
}

async function invoke(lambda: ApiGatewayDeps['lambda'], FunctionName: string, event: Uint8Array): Promise<Invoked> {
  try {
    const { Payload, FunctionError } = await lambda.Invoke({ FunctionName, Payload: event }, internalCall());
    return FunctionError || !Payload ? { failed: 'error', payload: Payload } : { payload: Payload };
  } catch (error) {
    // That it is gone, or has too much to do, is no more to the client than that it failed.
    if (error instanceof Error && '$fault' in error) {
      return { failed: 'error' };
    }
    throw error;
  }
}
