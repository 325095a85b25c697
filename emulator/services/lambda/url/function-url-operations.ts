import type * as lambda from '@aws-sdk/client-lambda';
import type { Cors } from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { conflict, invalidParameter, notFound } from '../errors.ts';
import { type FunctionUrl, type LambdaFunction, lambdaTime } from '../function/function.ts';
import { parseFunctionName } from '../function/function-name.ts';
import { pageOf } from '../paging.ts';
import { type FunctionUrlDeps, FunctionUrlServer } from './function-url.ts';

/** Function URLs, of functions and of aliases. */
export function functionUrlOperations(deps: FunctionUrlDeps) {
  const find = (functionName: string | undefined, qualifier: string | undefined) => {
    const reference = parseFunctionName(functionName, qualifier);
    const owner = deps.functions.get(reference);
    if (reference.qualifier !== undefined) {
      if (/^(\d+|\$LATEST)$/.test(reference.qualifier)) {
        throw invalidParameter('Function URLs are supported on unqualified functions and aliases only.');
      }
      owner.alias(reference.qualifier);
    }
    return { reference, owner, key: reference.qualifier ?? '' };
  };
  const existing = (owner: LambdaFunction, key: string): FunctionUrl => {
    const url = owner.urls.get(key);
    if (!url) {
      throw notFound('The resource you requested does not exist.');
    }
    return url;
  };
  return {
    CreateFunctionUrlConfig: async ({ FunctionName, Qualifier, AuthType, Cors, InvokeMode }) => {
      const { reference, owner, key } = find(FunctionName, Qualifier);
      const taken = () =>
        conflict(
          `Failed to create function url config for [functionArn = ${owner.qualifiedArn(key || undefined)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      if (owner.urls.has(key)) {
        throw taken();
      }
      const url = await FunctionUrlServer.open(
        reference,
        { authType: AuthType ?? 'AWS_IAM', cors: checked(Cors), invokeMode: InvokeMode ?? 'BUFFERED' },
        deps,
      );
      if (owner.urls.has(key) || !deps.functions.has(owner.name)) {
        url.close();
        throw taken();
      }
      owner.urls.set(key, url);
      return describe(owner, key, url);
    },
    GetFunctionUrlConfig: ({ FunctionName, Qualifier }) => {
      const { owner, key } = find(FunctionName, Qualifier);
      return describe(owner, key, existing(owner, key));
    },
    UpdateFunctionUrlConfig: ({ FunctionName, Qualifier, AuthType, Cors, InvokeMode }) => {
      const { owner, key } = find(FunctionName, Qualifier);
      const url = existing(owner, key);
      url.config = {
        authType: AuthType ?? url.config.authType,
        cors: Cors ? checked(Cors) : url.config.cors,
        invokeMode: InvokeMode ?? url.config.invokeMode,
      };
      url.lastModified = new Date();
      return describe(owner, key, url);
    },
    DeleteFunctionUrlConfig: ({ FunctionName, Qualifier }) => {
      const { owner, key } = find(FunctionName, Qualifier);
      existing(owner, key).close();
      owner.urls.delete(key);
      return {};
    },
    ListFunctionUrlConfigs: (input) => {
      const { owner } = find(input.FunctionName, undefined);
      const { items, ...next } = pageOf([...owner.urls], ([key]) => key, input);
      return { FunctionUrlConfigs: items.map(([key, url]) => describe(owner, key, url)), ...next };
    },
  } satisfies Handlers<typeof lambda>;
}

/** An empty configuration is none. */
function checked(cors: Cors | undefined): Cors | undefined {
  if (!cors || Object.keys(cors).length === 0) {
    return undefined;
  }
  if (cors.AllowCredentials && cors.AllowOrigins?.includes('*')) {
    throw invalidParameter("When AllowCredentials is true, you can't use * as value for AllowOrigins.");
  }
  return cors;
}

const describe = (owner: LambdaFunction, key: string, url: FunctionUrl) => ({
  FunctionUrl: url.url,
  FunctionArn: owner.qualifiedArn(key || undefined),
  AuthType: url.config.authType,
  ...(url.config.cors && { Cors: url.config.cors }),
  CreationTime: lambdaTime(url.creationTime),
  LastModifiedTime: lambdaTime(url.lastModified),
  InvokeMode: url.config.invokeMode,
});
