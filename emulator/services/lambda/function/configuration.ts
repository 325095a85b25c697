import type {
  Architecture,
  CreateFunctionRequest,
  DeadLetterConfig,
  LoggingConfig,
  Runtime,
  SnapStartApplyOn,
  TracingMode,
  UpdateFunctionConfigurationRequest,
  VpcConfig,
  VpcConfigResponse,
} from '@aws-sdk/client-lambda';
import { invalidParameter, invalidValue, notServed, refuseMembers, within } from '../errors.ts';
import { noteRuntime, runtimeFault } from './runtimes.ts';

/** The settings of a version, as they are in force: every default is filled in. */
export interface Configuration {
  readonly runtime: Runtime;
  readonly role: string;
  readonly handler: string;
  readonly description: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly architectures: readonly Architecture[];
  /** MB. It is recorded and not enforced. */
  readonly ephemeralStorage: number;
  readonly tracingMode: TracingMode;
  readonly deadLetterConfig: DeadLetterConfig | undefined;
  readonly logging: Logging;
  /** Recorded: the function is in no network but that of this machine. */
  readonly vpc: VpcConfigResponse | undefined;
  /** In the order in which they are unpacked. */
  readonly layers: readonly UsedLayer[];
  /** Recorded: nothing is encrypted. */
  readonly kmsKeyArn: string | undefined;
  /** Recorded: each environment is initialised anew. */
  readonly snapStart: SnapStartApplyOn;
}

/** A layer that a function uses. */
export interface UsedLayer {
  readonly arn: string;
  /** Undefined for a layer of another account: nothing of it is here. */
  readonly content: { readonly directory: string; readonly size: number } | undefined;
}

/** Finds the layers that a function names. @throws InvalidParameterValueException */
export type FindLayers = (arns: readonly string[]) => readonly UsedLayer[];

export interface Logging {
  readonly format: 'Text' | 'JSON';
  readonly group: string;
  /** Whether the group is one that a user named; log streams then begin with the function's name. */
  readonly customGroup: boolean;
  /** Levels apply to the JSON format alone. */
  readonly applicationLevel: string | undefined;
  readonly systemLevel: string | undefined;
}

type Settings = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'RevisionId'>;

/** Members whose feature is not there. What a function would do without it is not what its owner asked for. */
const refusedSettings = ['FileSystemConfigs', 'ImageConfig', 'CapacityProviderConfig', 'DurableConfig'] as const;
const refusedAtCreate = ['CodeSigningConfigArn', 'TenancyConfig', 'PublishTo'] as const;

/** The configuration of a new function. @throws InvalidParameterValueException, ValidationException */
export function initialConfiguration(
  name: string,
  input: CreateFunctionRequest,
  findLayers: FindLayers,
): Configuration {
  refuseMembers(input, refusedAtCreate);
  if (input.PackageType === 'Image') {
    throw notServed('PackageType Image');
  }
  if (!input.Runtime || !input.Handler) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  const architectures = architecturesOf(input.Architectures) ?? ['x86_64'];
  return changedConfiguration(name, input, findLayers, {
    runtime: input.Runtime,
    role: input.Role ?? '',
    handler: input.Handler,
    description: '',
    timeout: 3,
    memorySize: 128,
    variables: undefined,
    architectures,
    ephemeralStorage: 512,
    tracingMode: 'PassThrough',
    deadLetterConfig: undefined,
    logging: loggingOf(name, {}),
    vpc: undefined,
    layers: [],
    kmsKeyArn: undefined,
    snapStart: 'None',
  });
}

/** The configuration after an update, which changes what it names and nothing else. */
export function changedConfiguration(
  name: string,
  input: Settings,
  findLayers: FindLayers,
  before: Configuration,
): Configuration {
  refuseMembers(input, refusedSettings);
  const after: Configuration = {
    ...before,
    runtime: input.Runtime ?? before.runtime,
    role: input.Role ?? before.role,
    handler: input.Handler ?? before.handler,
    description: input.Description ?? before.description,
    timeout: input.Timeout ?? before.timeout,
    memorySize: input.MemorySize ?? before.memorySize,
    variables: input.Environment ? variablesOf(input.Environment.Variables) : before.variables,
    ephemeralStorage: input.EphemeralStorage?.Size ?? before.ephemeralStorage,
    tracingMode: input.TracingConfig?.Mode ?? before.tracingMode,
    deadLetterConfig: deadLetterConfigOf(input.DeadLetterConfig, before.deadLetterConfig),
    logging: input.LoggingConfig ? loggingOf(name, input.LoggingConfig) : before.logging,
    vpc: input.VpcConfig ? vpcOf(input.VpcConfig) : before.vpc,
    layers: input.Layers ? findLayers(input.Layers) : before.layers,
    // An empty one takes the key away.
    kmsKeyArn: input.KMSKeyArn === undefined ? before.kmsKeyArn : input.KMSKeyArn || undefined,
    snapStart: input.SnapStart?.ApplyOn ?? before.snapStart,
  };
  validate(after);
  noteRuntime(after.runtime);
  return after;
}

function validate(configuration: Configuration): void {
  const { runtime, role, handler, timeout, memorySize, ephemeralStorage, description, snapStart } = configuration;
  const fault = runtimeFault(runtime);
  if (fault !== undefined) {
    throw invalidParameter(`Runtime ${fault}.`);
  }
  if (snapStart === 'PublishedVersions' && !hasSnapStart(runtime)) {
    throw invalidParameter(`${runtime} is not supported for SnapStart enabled functions.`);
  }
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(role)) {
    throw invalidValue(
      'role',
      role,
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    );
  }
  if (!/^\S{1,128}$/.test(handler)) {
    throw invalidValue('handler', handler, 'Member must satisfy regular expression pattern: [^\\s]+');
  }
  if (description.length > 256) {
    throw invalidValue('description', description, 'Member must have length less than or equal to 256');
  }
  within('timeout', timeout, 1, 900);
  within('memorySize', memorySize, 128, 10_240);
  within('ephemeralStorage.size', ephemeralStorage, 512, 10_240);
}

/** Of the runtimes that run here, Python 3.12 and later ("Supported features and limitations" of SnapStart). */
const hasSnapStart = (runtime: Runtime): boolean => Number(/^python3\.(\d+)$/.exec(runtime)?.[1] ?? 0) >= 12;

/** Without subnets and groups a function leaves its network. */
function vpcOf({ SubnetIds = [], SecurityGroupIds = [], Ipv6AllowedForDualStack = false }: VpcConfig) {
  return SubnetIds.length === 0 && SecurityGroupIds.length === 0
    ? undefined
    : { SubnetIds: [...SubnetIds], SecurityGroupIds: [...SecurityGroupIds], Ipv6AllowedForDualStack };
}

/** @throws ValidationException where an architecture is none. Both run as what the endpoint's own process is. */
export function architecturesOf(
  architectures: readonly Architecture[] | undefined,
): readonly Architecture[] | undefined {
  const [only, ...others] = architectures ?? [];
  if (only === undefined) {
    return undefined;
  }
  if (others.length > 0 || !['x86_64', 'arm64'].includes(only)) {
    throw invalidValue('architectures', `[${architectures}]`, 'Member must be one of [x86_64] or [arm64]');
  }
  return [only];
}

/** Keys that Lambda itself sets ("Defined runtime environment variables", those that a function cannot set). */
const reservedVariables = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);
const variablesLimit = 4096;

function variablesOf(variables: Record<string, string> | undefined): Record<string, string> | undefined {
  const unable =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  const keys = Object.keys(variables ?? {});
  const reserved = keys.filter((key) => reservedVariables.has(key));
  if (reserved.length > 0) {
    throw invalidParameter(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const malformed = keys.find((key) => !/^[a-zA-Z]\w+$/.test(key));
  if (malformed !== undefined) {
    throw invalidValue(
      'environment.variables',
      malformed,
      'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]',
    );
  }
  if (changesPermissions(variables?.['NODE_OPTIONS'] ?? '')) {
    throw notServed("An option of Node's permission model in NODE_OPTIONS (the endpoint itself sets them)");
  }
  const measured = JSON.stringify(variables ?? {});
  if (Buffer.byteLength(measured) > variablesLimit) {
    throw invalidParameter(`${unable} exceeded the 4KB limit. String measured: ${measured}`);
  }
  return keys.length > 0 ? { ...variables } : undefined;
}

/** Whether a function's own NODE_OPTIONS would change what it may reach. Node writes its options with dashes or underscores. */
export const changesPermissions = (nodeOptions: string): boolean =>
  /--(no[-_])?(experimental[-_])?permission|--allow[-_]/.test(nodeOptions);

function deadLetterConfigOf(
  change: DeadLetterConfig | undefined,
  before: DeadLetterConfig | undefined,
): DeadLetterConfig | undefined {
  if (!change) {
    return before;
  }
  if (!change.TargetArn) {
    return undefined;
  }
  if (!/:(sqs|sns):/.test(change.TargetArn)) {
    throw notServed(`DeadLetterConfig.TargetArn ${change.TargetArn} (only SQS queues and SNS topics are)`);
  }
  return { TargetArn: change.TargetArn };
}

function loggingOf(name: string, config: LoggingConfig): Logging {
  const json = config.LogFormat === 'JSON';
  if (!json && (config.ApplicationLogLevel || config.SystemLogLevel)) {
    throw invalidParameter(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
    );
  }
  return {
    format: json ? 'JSON' : 'Text',
    group: config.LogGroup || `/aws/lambda/${name}`,
    customGroup: Boolean(config.LogGroup),
    applicationLevel: json ? (config.ApplicationLogLevel ?? 'INFO') : undefined,
    systemLevel: json ? (config.SystemLogLevel ?? 'INFO') : undefined,
  };
}
