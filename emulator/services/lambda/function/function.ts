import { randomUUID } from 'node:crypto';
import type {
  AliasConfiguration,
  Cors,
  FunctionConfiguration,
  FunctionUrlAuthType,
  GetRuntimeManagementConfigResponse,
  InvokeMode,
  LastUpdateStatusReasonCode,
  PutFunctionEventInvokeConfigRequest,
  RecursiveLoop,
} from '@aws-sdk/client-lambda';
import { conflict, notFound, staleRevision } from '../errors.ts';
import { lineageName } from '../trace.ts';
import type { CodePackage } from './code.ts';
import type { Configuration } from './configuration.ts';
import type { ResourcePolicy } from './resource-policy.ts';

export const latestVersion = '$LATEST';

/** Code and configuration together. It never changes: an update puts another in its place. */
export interface FunctionVersion {
  readonly functionName: string;
  readonly version: string;
  readonly configuration: Configuration;
  readonly code: CodePackage;
  readonly revisionId: string;
  readonly lastModified: Date;
}

export interface Alias {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** Further versions and the part of the traffic, 0 to 1, that each of them gets. */
  readonly weights: ReadonlyMap<string, number>;
  readonly revisionId: string;
}

export type EventInvokeConfig = Omit<PutFunctionEventInvokeConfigRequest, 'FunctionName' | 'Qualifier'> & {
  readonly lastModified: Date;
};

/** Provisioned concurrency of a version or an alias, as it was asked for. */
export interface ProvisionedConcurrency {
  readonly executions: number;
  readonly lastModified: Date;
}

/** The URL of a function or an alias, as far as it belongs to its function. */
export interface FunctionUrl {
  readonly url: string;
  readonly creationTime: Date;
  lastModified: Date;
  config: FunctionUrlConfig;
  close(): void;
}

export interface FunctionUrlConfig {
  readonly authType: FunctionUrlAuthType;
  readonly cors: Cors | undefined;
  readonly invokeMode: InvokeMode;
}

/** Under which key a function keeps what belongs to a qualifier. The unqualified function is its `$LATEST` version. */
export const qualifierKey = (qualifier: string | undefined): string =>
  qualifier === undefined || qualifier === latestVersion ? '' : qualifier;

/** A function with all that belongs to it. What a qualifier names is kept by it, the unqualified function by `$LATEST`. */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  latest: FunctionVersion;
  /** Published versions by their numbers. */
  readonly versions = new Map<string, FunctionVersion>();
  /** What the last published version was published from, so that the same is not published twice. */
  lastPublished: { readonly from: FunctionVersion; readonly version: FunctionVersion } | undefined;
  publishedCount = 0;
  readonly aliases = new Map<string, Alias>();
  readonly urls = new Map<string, FunctionUrl>();
  readonly policies = new Map<string, ResourcePolicy>();
  readonly eventInvokeConfigs = new Map<string, EventInvokeConfig>();
  readonly provisionedConcurrency = new Map<string, ProvisionedConcurrency>();
  /** By version. */
  readonly runtimeManagement = new Map<
    string,
    Pick<GetRuntimeManagementConfigResponse, 'UpdateRuntimeOn' | 'RuntimeVersionArn'>
  >();
  /** While its new code is fetched and unpacked. */
  isUpdating = false;
  tags: Readonly<Record<string, string>>;
  reservedConcurrency: number | undefined;
  /** Whether the function is stopped where what it sends invokes it again and again. */
  recursiveLoop: RecursiveLoop = 'Terminate';
  /** How chains of requests count it. */
  readonly lineageName: string;
  /** Requests that are being processed now, of all versions. */
  inFlight = 0;

  constructor(name: string, functionArn: string, latest: FunctionVersion, tags: Readonly<Record<string, string>>) {
    this.name = name;
    this.arn = functionArn;
    this.lineageName = lineageName(functionArn);
    this.latest = latest;
    this.tags = tags;
  }

  /** The function's ARN, with the qualifier where there is one. */
  qualifiedArn(qualifier?: string): string {
    return qualifier === undefined ? this.arn : `${this.arn}:${qualifier}`;
  }

  /** The version by its number or `$LATEST`. @throws ResourceNotFoundException */
  version(version: string): FunctionVersion {
    const found = version === latestVersion ? this.latest : this.versions.get(version);
    if (!found) {
      throw notFound(`Function not found: ${this.qualifiedArn(version)}`);
    }
    return found;
  }

  /** @throws ResourceNotFoundException */
  alias(name: string): Alias {
    const found = this.aliases.get(name);
    if (!found) {
      throw notFound(`Cannot find alias arn: ${this.qualifiedArn(name)}`);
    }
    return found;
  }

  /** The version that a qualifier names: itself, `$LATEST`, or what an alias points to. @throws ResourceNotFoundException */
  resolve(qualifier: string | undefined): FunctionVersion {
    const alias = this.aliases.get(qualifier ?? '');
    return this.version(alias ? alias.version : (qualifier ?? latestVersion));
  }

  /** The version that one invocation runs on: an alias with weights draws. */
  route(qualifier: string | undefined, random: () => number = Math.random): FunctionVersion {
    const alias = this.aliases.get(qualifier ?? '');
    let drawn = random();
    for (const [version, weight] of alias?.weights ?? []) {
      if (drawn < weight) {
        return this.version(version);
      }
      drawn -= weight;
    }
    return this.resolve(qualifier);
  }
}

export const newRevisionId = (): string => randomUUID();

/** @throws PreconditionFailedException where the caller changes another revision than the one it has seen. */
export function checkRevision(demanded: string | undefined, current: string): void {
  if (demanded !== undefined && demanded !== current) {
    throw staleRevision();
  }
}

/** @throws ResourceConflictException while an update is under way ("Lambda function states") */
export function checkNotUpdating(owner: LambdaFunction): void {
  if (owner.isUpdating) {
    throw conflict(
      `The operation cannot be performed at this time. An update is in progress for resource: ${owner.arn}`,
    );
  }
}

/** `2026-11-23T02:26:17.123+0000`, as Lambda writes times in text. */
export const lambdaTime = (time: Date): string => time.toISOString().replace('Z', '+0000');

/** A version as the API shows it. What the endpoint injects when an environment starts is not in it. */
export function describe(owner: LambdaFunction, of: FunctionVersion, qualifier?: string): FunctionConfiguration {
  const { configuration, code } = of;
  const { logging } = configuration;
  return {
    FunctionName: owner.name,
    FunctionArn: owner.qualifiedArn(of.version === latestVersion ? qualifier : of.version),
    Runtime: configuration.runtime,
    Role: configuration.role,
    Handler: configuration.handler,
    CodeSize: code.size,
    Description: configuration.description,
    Timeout: configuration.timeout,
    MemorySize: configuration.memorySize,
    LastModified: lambdaTime(of.lastModified),
    CodeSha256: code.sha256,
    Version: of.version,
    ...(configuration.variables && { Environment: { Variables: configuration.variables } }),
    ...(configuration.deadLetterConfig && { DeadLetterConfig: configuration.deadLetterConfig }),
    ...(configuration.vpc && { VpcConfig: configuration.vpc }),
    ...(configuration.layers.length > 0 && {
      Layers: configuration.layers.map(({ arn: Arn, content }) => ({ Arn, CodeSize: content?.size ?? 0 })),
    }),
    ...(configuration.kmsKeyArn !== undefined && { KMSKeyArn: configuration.kmsKeyArn }),
    TracingConfig: { Mode: configuration.tracingMode },
    RevisionId: of.revisionId,
    State: 'Active',
    LastUpdateStatus: owner.isUpdating && of.version === latestVersion ? 'InProgress' : 'Successful',
    PackageType: 'Zip',
    Architectures: [...configuration.architectures],
    EphemeralStorage: { Size: configuration.ephemeralStorage },
    SnapStart: {
      ApplyOn: configuration.snapStart,
      OptimizationStatus: configuration.snapStart !== 'None' && of.version !== latestVersion ? 'On' : 'Off',
    },
    LoggingConfig: {
      LogFormat: logging.format,
      LogGroup: logging.group,
      ...(logging.applicationLevel && { ApplicationLogLevel: logging.applicationLevel as 'INFO' }),
      ...(logging.systemLevel && { SystemLogLevel: logging.systemLevel as 'INFO' }),
    },
  };
}

/**
 * A function as the call tells of it that makes it ("Lambda function states"). It is active once the call is answered, which a
 * waiter sees at its first look.
 */
export function describeCreation(owner: LambdaFunction, of: FunctionVersion): FunctionConfiguration {
  const { LastUpdateStatus: _, ...described } = describe(owner, of);
  return { ...described, State: 'Pending', StateReason: beingCreated, StateReasonCode: 'Creating' };
}

/** The same for the call that changes it. */
export const describeUpdate = (owner: LambdaFunction, of: FunctionVersion): FunctionConfiguration => ({
  ...describe(owner, of),
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: beingCreated,
  // The SDK's list has no such code, which AWS answers all the same.
  LastUpdateStatusReasonCode: 'Creating' as LastUpdateStatusReasonCode,
});

const beingCreated = 'The function is being created.';

/** An alias as the API shows it. */
export function describeAlias(owner: LambdaFunction, alias: Alias): AliasConfiguration {
  return {
    AliasArn: owner.qualifiedArn(alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(alias.weights.size > 0 && { RoutingConfig: { AdditionalVersionWeights: Object.fromEntries(alias.weights) } }),
    RevisionId: alias.revisionId,
  };
}
