import { join } from 'node:path';
import * as lambda from '@aws-sdk/client-lambda';
import { tellOfFault } from '../../wire/activity/activity.ts';
import type { FunctionState } from '../../wire/activity/event.ts';
import type { AccessKeys } from '../../wire/authentication/access-keys.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { noTopics, type Publish } from '../../wire/publish.ts';
import { noBuses, type PutEvent } from '../../wire/put-event.ts';
import type { FindStream } from '../../wire/record-stream.ts';
import { service, serviceModel } from '../../wire/service.ts';
import type { Environment } from './environment/environment.ts';
import { Fleet } from './environment/fleet.ts';
import { KillsAtWork } from './environment/kills-at-work.ts';
import type { LogsOperations } from './environment/log/log-stream.ts';
import { atExit } from './environment/process/at-exit.ts';
import { EndpointDirectory } from './environment/process/endpoint-directory.ts';
import { isMemoryShort } from './environment/process/memory-shortage.ts';
import { MemoryWatch } from './environment/process/memory-watch.ts';
import { Watchdog } from './environment/process/watchdog.ts';
import { RuntimeApiServer } from './environment/runtime/runtime-api.ts';
import { eventSourceOperations } from './event-source/event-source-operations.ts';
import { EventSources } from './event-source/event-sources.ts';
import { aliasOperations } from './function/alias-operations.ts';
import { CodePackages } from './function/code.ts';
import { functionOperations, type S3GetObject, unpackFrom } from './function/function-operations.ts';
import { Functions } from './function/functions.ts';
import { permissionOperations } from './function/permission-operations.ts';
import { runtimeManagementOperations } from './function/runtime-management.ts';
import { tagOperations } from './function/tag-operations.ts';
import { versionOperations } from './function/version-operations.ts';
import { AsyncInvocations } from './invocation/async-invocations.ts';
import { Concurrency, concurrencyOperations } from './invocation/concurrency.ts';
import { eventInvokeConfigOperations } from './invocation/event-invoke-config.ts';
import { invokeOperations } from './invocation/invoke-operations.ts';
import { Invoker } from './invocation/invoker.ts';
import { provisionedConcurrencyOperations } from './invocation/provisioned-concurrency.ts';
import { recursionConfigOperations } from './invocation/recursion-config.ts';
import { layerOperations } from './layer/layer-operations.ts';
import { Layers } from './layer/layers.ts';
import type { SqsOperations } from './sqs-queue.ts';
import { functionUrlOperations } from './url/function-url-operations.ts';

/** A package is 50 MB at the most, 67 MB in base64. */
const model = serviceModel('lambda', lambda, { bodyLimit: 70 * 1024 * 1024 });

/** How the paths of deployment packages begin; a region and a name follow. */
export const codePath = '/_emulator/code/';

/** How long things take, in milliseconds. */
export interface LambdaTimings {
  /** @default 60,000 and 120,000, before the first and the second retry of an asynchronous invocation */
  readonly asyncRetryDelays?: readonly number[];
  /** What an initialisation may take. @default 10,000 */
  readonly initTimeout?: number;
  /** How long an environment is kept without an invocation; where memory is short, a tenth of it. @default 300,000 */
  readonly idleTimeout?: number;
  /** How long after an invocation an environment is not ended to make room for another version's. @default 1,000 */
  readonly inUseFor?: number;
  /** What an invocation takes at least that takes long, so that others do not wait for its environment. @default - what the last start took */
  readonly longInvocation?: number;
  /** How long an invocation waits for an environment, at the bound, before it is throttled. @default 30,000 */
  readonly patience?: number;
}

export interface LambdaDeps {
  /** Where environments get the keys of their functions' roles. */
  readonly accessKeys: AccessKeys;
  readonly logs: LogsOperations;
  readonly sqs: SqsOperations;
  readonly s3GetObject: S3GetObject;
  /** @default - there are no topics */
  readonly publish?: Publish;
  /** @default - there are no event buses */
  readonly putEvent?: PutEvent;
  /** @default - there are no streams */
  readonly findStream?: FindStream;
  /** The most environments at a time, of all functions: each takes some 70 MB. @default 24 */
  readonly maxEnvironments?: number;
  /** Whether memory is short, so that idle environments are ended sooner. @default - less than a tenth of it is available */
  readonly isMemoryShort?: () => boolean;
  readonly timings?: LambdaTimings;
}

/** An execution environment, as a fault port or a test sees it. */
export type RunningEnvironment = Pick<
  Environment,
  'id' | 'processId' | 'busy' | 'version' | 'temporaryDirectory' | 'exited' | 'kill'
>;

/**
 * Lambda. Functions of the runtimes nodejs16.x to nodejs24.x run for real, on the Node of this process and its
 * architecture, and those of Python on the `python3` of the machine; other runtimes and container images are refused by name. See {@link Environment} for how.
 *
 * Not there: provisioned concurrency and VPCs, which are recorded, SnapStart, and freezing an environment between
 * its invocations. A function finds a temporary directory of its own in `os.tmpdir()`, which is all that it may write; `/tmp`, where
 * that is on AWS, is the machine's and stays closed to it ({@link permissionOptions}).
 */
export function createLambda(region: Region, deps: LambdaDeps) {
  const {
    accessKeys,
    logs,
    sqs,
    s3GetObject,
    findStream = () => undefined,
    publish = noTopics,
    putEvent = noBuses,
    maxEnvironments = 24,
    isMemoryShort: memoryIsShort = isMemoryShort,
    timings = {},
  } = deps;
  const directory = new EndpointDirectory();
  const watchdog = new Watchdog(directory.path);
  const runtimeApi = new RuntimeApiServer();
  const functions = new Functions(region);
  const codes = new CodePackages(join(directory.path, 'code'));
  const layers = new Layers(region);
  const concurrency = new Concurrency(functions);
  const killsAtWork = new KillsAtWork();
  const initTimeout = timings.initTimeout ?? 10_000;
  const fleet = new Fleet({
    host: {
      accessKeys,
      region,
      logs,
      runtimeApi,
      killsAtWork,
      memoryWatch: new MemoryWatch(),
      watchdog,
      directory: join(directory.path, 'tmp'),
      initTimeout,
    },
    maxEnvironments,
    idleTimeout: timings.idleTimeout ?? 300_000,
    isMemoryShort: memoryIsShort,
    inUseFor: timings.inUseFor ?? 1_000,
    patience: timings.patience ?? 30_000,
    longInvocation: timings.longInvocation,
  });
  const invoker = new Invoker(functions, concurrency, fleet);
  const retryDelays = timings.asyncRetryDelays ?? [60_000, 120_000];
  const asyncInvocations = new AsyncInvocations({ functions, invoker, sqs, publish, putEvent, retryDelays });
  // A flood of messages leaves room for the functions that answer requests.
  const defaultConcurrency = Math.max(2, Math.floor(maxEnvironments / 2));
  const eventSources = new EventSources({ region, functions, invoker, sqs, publish, findStream, defaultConcurrency });

  const codeLocation = (name: string) => `${region.endpoint}${codePath}${region.name}/${name}`;
  const operations = {
    ...functionOperations({
      functions,
      codes,
      retire: (version) => fleet.retire(version),
      s3GetObject,
      findLayers: (arns) => layers.ofFunction(arns),
      codeLocation,
    }),
    ...layerOperations({ layers, unpack: (content) => unpackFrom(content, codes, s3GetObject), codeLocation }),
    ...versionOperations(functions),
    ...aliasOperations(functions),
    ...concurrencyOperations(functions, concurrency),
    ...provisionedConcurrencyOperations(functions),
    ...recursionConfigOperations(functions),
    ...runtimeManagementOperations(functions),
    ...invokeOperations(functions, invoker, asyncInvocations),
    ...eventInvokeConfigOperations(functions),
    ...functionUrlOperations({ region, functions, invoker, accessKeys }),
    ...eventSourceOperations(eventSources),
    ...permissionOperations(functions),
    ...tagOperations(functions, eventSources),
  } satisfies Handlers<typeof lambda>;

  // Where the service is not closed, at least no process and no file outlives this one.
  const closed = atExit(() => {
    fleet.killAll();
    directory.removeNow();
  });

  return {
    service: service<typeof lambda>(model, operations),
    operations,
    /** A deployment package in this region, by its name: what its location gives. */
    zipOf: (name: string) => codes.zipOf(name),
    /** The environments of a function that are alive: their processes, and how to end one. */
    environments: (functionName: string): readonly RunningEnvironment[] => fleet.environments(functionName),
    /** What there is now. */
    states: (): FunctionState[] =>
      functions.all().map(({ name }) => ({
        name,
        environments: fleet.environments(name).map(({ id, version: { version }, state }) => ({ id, version, state })),
      })),
    /** Has the environments killed that are given the next invocations of a function, with their work in hand. */
    killAtWork: (functionName: string, times: number): void => {
      tellOfFault(
        region.activity,
        { kind: 'kill-at-work', function: functionName, times },
        killsAtWork.left(functionName),
      );
      killsAtWork.set(functionName, times);
    },
    /** The functions whose environments are yet to be killed so, and how many. */
    toKillAtWork: () => killsAtWork.all(),
    /** Ends every process, closes every port, and removes every file. */
    close: async (): Promise<void> => {
      asyncInvocations.close();
      eventSources.close();
      for (const { urls } of functions.all()) {
        for (const url of urls.values()) {
          url.close();
        }
      }
      await fleet.close();
      await runtimeApi.close();
      await watchdog.close();
      closed();
      await directory.remove();
    },
  };
}
