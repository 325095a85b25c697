import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  Architecture,
  Code,
  type FunctionUrl,
  FunctionUrlAuthType,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AttachableFunctionProps {
  /** Folder that holds the function's bundle: `index.mjs`, which exports `handler`. */
  readonly bundle: string;
  /** Environment variables that make the process the same on every machine, such as its time zone. */
  readonly processEnvironment: Readonly<Record<string, string>>;
  /** What the function is called in its logs and metrics. */
  readonly service: string;
  /** One sentence for a person who sees the function in the console. */
  readonly description: string;
  /** @default Duration.seconds(10) */
  readonly timeout?: Duration;
}

/** What may be done with a backing service. */
export interface Access {
  /** The IAM actions that are used, and no others. */
  readonly actions: readonly string[];
  readonly resourceArns: readonly string[];
}

/** A backing service as a function sees it: where it is, and what may be done with it. */
export interface Attachment extends Access {
  /** Name of the environment variable, from the function's `contract.ts`. */
  readonly variable: string;
  /** Name, URL or ARN by which the function finds the service. */
  readonly location: string;
}

/** Thrown at synthesis, when the functions were not bundled before, or none of them has that name. */
export class BundleMissing extends Error {
  override readonly name = 'BundleMissing';

  constructor(file: string) {
    super(`${file} does not exist: no composition root has that name, or \`npm run bundle\` was not run`);
  }
}

/**
 * A function that backing services are attached to: Node 24 on x86_64, with a log group and a role of its own.
 *
 * The role starts with the right to write to that log group and nothing else; `attach` adds to it. Logs are kept for a
 * week and go with the stack. The function cannot create log groups, so that a deleted stack leaves none behind.
 *
 * It is not traced. AWS X-Ray needs `*` in every role, and Powertools' Tracer adds 129 KB to each bundle (ordering has 398).
 * An order's id is in every line that its functions log, and one query follows it through all of them.
 */
export abstract class AttachableFunction extends Construct {
  readonly function: LambdaFunction;
  /** What events and requests are sent to. */
  abstract readonly running: LambdaFunction | Alias;

  constructor(scope: Construct, id: string, props: AttachableFunctionProps) {
    super(scope, id);
    const bundledHandler = join(props.bundle, 'index.mjs');
    if (!existsSync(bundledHandler)) {
      throw new BundleMissing(bundledHandler);
    }

    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(props.bundle),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      // The one architecture that AWS, LocalStack and the embedded endpoint all run without emulating a CPU in CI.
      architecture: Architecture.X86_64,
      timeout: props.timeout ?? Duration.seconds(10),
      // Lambda gives CPU in proportion to memory.
      memorySize: 512,
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      role,
      logGroup,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.service,
        POWERTOOLS_METRICS_NAMESPACE: 'CookieFactory',
        POWERTOOLS_LOG_LEVEL: 'INFO',
        ...props.processEnvironment,
      },
    });
  }

  /** A URL of what runs, that anybody may call. */
  addPublicUrl(): FunctionUrl {
    // Adds both permissions that a public URL needs since October 2025: InvokeFunctionUrl, and InvokeFunction by URL.
    return this.running.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  }

  /** Tells the function where a backing service is and lets it in: never one without the other. */
  attach(attachment: Attachment): void {
    this.function.addEnvironment(attachment.variable, attachment.location);
    this.allow(attachment);
  }

  /** Lets the function into a service that its code need not find, because Lambda does on its behalf. */
  allow({ actions, resourceArns }: Access): void {
    Grant.addToPrincipal({ grantee: this.function, actions: [...actions], resourceArns: [...resourceArns] });
  }

  /** Sets a plain value, one that gives access to nothing. */
  configure(variable: string, value: string | number): void {
    this.function.addEnvironment(variable, String(value));
  }
}
