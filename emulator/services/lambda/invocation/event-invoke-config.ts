import type * as lambda from '@aws-sdk/client-lambda';
import type { DestinationConfig } from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { checkDestination } from '../destination.ts';
import { notFound, within } from '../errors.ts';
import { type EventInvokeConfig, type LambdaFunction, latestVersion, qualifierKey } from '../function/function.ts';
import { parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import { pageOf } from '../paging.ts';

interface Settings {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: DestinationConfig | undefined;
}

/** How asynchronous invocations are retried, and where they go in the end. Destinations are queues, topics, functions and event buses. */
export function eventInvokeConfigOperations(functions: Functions) {
  const find = (functionName: string | undefined, qualifier: string | undefined) => {
    const reference = parseFunctionName(functionName, qualifier);
    const owner = functions.get(reference);
    owner.resolve(reference.qualifier);
    return { owner, key: qualifierKey(reference.qualifier) };
  };
  const existing = (owner: LambdaFunction, key: string): EventInvokeConfig => {
    const config = owner.eventInvokeConfigs.get(key);
    if (!config) {
      throw notFound(`The function ${owner.qualifiedArn(key || latestVersion)} doesn't have an EventInvokeConfig`);
    }
    return config;
  };
  const put = (owner: LambdaFunction, key: string, settings: Settings) => {
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = settings;
    within('maximumRetryAttempts', MaximumRetryAttempts, 0, 2);
    within('maximumEventAgeInSeconds', MaximumEventAgeInSeconds, 60, 21_600);
    for (const target of [DestinationConfig?.OnSuccess?.Destination, DestinationConfig?.OnFailure?.Destination]) {
      checkDestination(target, 'lambda', 'events');
    }
    const config = { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig, lastModified: new Date() };
    owner.eventInvokeConfigs.set(key, config);
    return describe(owner, key, config);
  };
  return {
    PutFunctionEventInvokeConfig: (input) => {
      const { owner, key } = find(input.FunctionName, input.Qualifier);
      return put(owner, key, input);
    },
    UpdateFunctionEventInvokeConfig: (input) => {
      const { owner, key } = find(input.FunctionName, input.Qualifier);
      const before = existing(owner, key);
      return put(owner, key, {
        MaximumRetryAttempts: input.MaximumRetryAttempts ?? before.MaximumRetryAttempts,
        MaximumEventAgeInSeconds: input.MaximumEventAgeInSeconds ?? before.MaximumEventAgeInSeconds,
        DestinationConfig: input.DestinationConfig ?? before.DestinationConfig,
      });
    },
    GetFunctionEventInvokeConfig: ({ FunctionName, Qualifier }) => {
      const { owner, key } = find(FunctionName, Qualifier);
      return describe(owner, key, existing(owner, key));
    },
    DeleteFunctionEventInvokeConfig: ({ FunctionName, Qualifier }) => {
      const { owner, key } = find(FunctionName, Qualifier);
      existing(owner, key);
      owner.eventInvokeConfigs.delete(key);
      return {};
    },
    ListFunctionEventInvokeConfigs: (input) => {
      const { owner } = find(input.FunctionName, undefined);
      const { items, ...next } = pageOf([...owner.eventInvokeConfigs], ([key]) => key, input);
      return { FunctionEventInvokeConfigs: items.map(([key, config]) => describe(owner, key, config)), ...next };
    },
  } satisfies Handlers<typeof lambda>;
}

const describe = (owner: LambdaFunction, key: string, { lastModified, ...settings }: EventInvokeConfig) => ({
  FunctionArn: owner.qualifiedArn(key || latestVersion),
  LastModified: lastModified,
  ...settings,
  DestinationConfig: settings.DestinationConfig ?? { OnSuccess: {}, OnFailure: {} },
});
