import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CfnCondition, CfnOutput, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  CfnAlias,
  Code,
  type FunctionUrl,
  FunctionUrlAuthType,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What every function of a deploy is given alike. */
export interface DeployedFunctionProps {
  /** Folder that holds the function's bundle: `index.mjs`, which exports `handler`. */
  readonly bundle: string;
  /**
   * The release that the function belongs to. With one, each deploy publishes a version that is kept, and what runs is
   * an alias. @default - what is deployed runs at once
   */
  readonly release?: string;
  /** Environment variables that make the process the same on every machine, such as its time zone. @default - none */
  readonly processEnvironment?: Readonly<Record<string, string>>;
}

export interface FactoryFunctionProps extends DeployedFunctionProps {
  /** What the function is called in its logs and metrics. */
  readonly service: string;
  /** One sentence for whoever meets the function in the console. */
  readonly description: string;
  /** @default Duration.seconds(10) */
  readonly timeout?: Duration;
  /** In MB; Lambda gives CPU in proportion. @default 512 */
  readonly memorySize?: number;
  /** The most executions at the same time; more are refused. @default - as many as the account has left */
  readonly reservedConcurrentExecutions?: number;
}

/** Says to a process which release it belongs to. */
export const releaseVariable = 'RELEASE';

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

/** Thrown at synthesis, when the functions were not bundled before. */
export class BundleMissing extends Error {
  override readonly name = 'BundleMissing';

  constructor(file: string) {
    super(`${file} does not exist: run \`npm run bundle\` first`);
  }
}

/**
 * One function of the factory: Node 24 on x86_64, with a log group and a role of its own.
 *
 * The role starts with the right to write to that log group and nothing else; `attach` adds to it. Logs are kept for a
 * week and go with the stack. The function cannot create log groups, so that a deleted stack leaves none behind.
 */
export class FactoryFunction extends Construct {
  readonly function: LambdaFunction;
  /** What runs: the alias of a function with releases, and else the function itself. */
  readonly running: LambdaFunction | Alias;

  constructor(scope: Construct, id: string, props: FactoryFunctionProps) {
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
      memorySize: props.memorySize ?? 512,
      ...(props.reservedConcurrentExecutions !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      }),
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
    this.running = props.release === undefined ? this.function : this.#runReleased(props.release);
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

  /**
   * Runs the version that the stack parameter `<construct>Version` names, and the one just published where it names none:
   * running and rolling back are updates of a parameter, and nothing is built or published for them.
   */
  #runReleased(release: string): Alias {
    this.configure(releaseVariable, release);
    // A Version is one, but for optional properties that its type does not spell out.
    const currentVersion = this.function.currentVersion as IVersion;
    const chosen = new CfnParameter(Stack.of(this), `${this.node.id}Version`, {
      description: `Version of ${this.node.id} that runs; empty for the one just published`,
      default: '',
    });
    const isChosen = new CfnCondition(this, 'VersionIsChosen', {
      expression: Fn.conditionNot(Fn.conditionEquals(chosen.valueAsString, '')),
    });
    const alias = new Alias(this, 'Live', { aliasName: 'live', version: currentVersion });
    const running = Fn.conditionIf(isChosen.logicalId, chosen.valueAsString, currentVersion.version).toString();
    const resource = alias.node.defaultChild;
    if (resource instanceof CfnAlias) {
      resource.functionVersion = running;
    }
    new CfnOutput(Stack.of(this), `${this.node.id}LiveVersion`, { value: running });
    new CfnOutput(Stack.of(this), `${this.node.id}PublishedVersion`, { value: currentVersion.version });
    return alias;
  }
}
