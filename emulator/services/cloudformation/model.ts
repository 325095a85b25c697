import type {
  Capability,
  Change,
  ChangeSetStatus,
  DeploymentConfig,
  ExecutionStatus,
  OnStackFailure,
  PropertyDifference,
  ResourceStatus,
  StackResourceDriftStatus,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { Properties, Resource } from './provider.ts';
import type { DependencyGraph } from './template/graph.ts';
import type { ParameterValues } from './template/parameters.ts';
import type { ResourceDefinition, Template } from './template/template.ts';

/** What a stack is to become: a template with everything that does not depend on its resources worked out. */
export interface Desired {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly conditions: ReadonlyMap<string, boolean>;
  /** The resources whose condition holds. */
  readonly graph: DependencyGraph;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly Capability[];
  readonly roleArn: string | undefined;
  readonly deploymentConfig: DeploymentConfig | undefined;
}

/** A resource of a stack as of its last change; a change puts another record in its place. */
export interface StackResource {
  readonly logicalId: string;
  readonly definition: ResourceDefinition;
  /** As last given to the provider, even if that failed; references to secrets stay unresolved. */
  readonly properties: Properties;
  /** The same with `NoEcho` parameters masked: what may be shown. */
  readonly shown: Properties;
  /** Logical ids of what must be there before it and gone after it. */
  readonly dependsOn: readonly string[];
  /** Undefined where none was made, or where it could not be. */
  readonly resource: Resource | undefined;
  readonly status: ResourceStatus;
  readonly statusReason: string | undefined;
  readonly timestamp: Date;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** What the last successful deployment left: nothing of it changes until another one succeeds. */
export interface Deployed {
  readonly desired: Desired;
  readonly outputs: readonly StackOutput[];
  /** Names of the exports of other stacks that this one uses. */
  readonly imports: ReadonlySet<string>;
}

/** What a deployment has changed so far, so that it can be undone. It outlives one that failed without a rollback. */
export interface Journal {
  /** Each resource that was touched, as it was before; undefined for one that is new. */
  readonly before: Map<string, StackResource | undefined>;
  /** Resources that were made and replaced again by repeated attempts. */
  readonly superseded: StackResource[];
  /** Logical ids of what was there before, and was taken into the stack: a rollback lets go of it. */
  readonly adopted: Set<string>;
}

/** What the last look for drift found of a resource. */
export interface ResourceDrift {
  readonly status: StackResourceDriftStatus;
  readonly differences: readonly PropertyDifference[];
  /** JSON: the properties that were compared, of a resource that was read. */
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  readonly at: Date;
}

/** What a deployment would change. */
export interface Preview {
  /** With property values and contexts, which DescribeChangeSet shows on demand alone. */
  readonly changes: readonly Change[];
  /** Nothing at all would change: no resource, no output, no tag. */
  readonly isEmpty: boolean;
}

/** A deployment that has been worked out and waits to be executed. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT';
  /** Identifiers of the resources that it imports, by logical id. */
  readonly imports: ReadonlyMap<string, string>;
  readonly desired: Desired;
  readonly preview: Preview;
  readonly creationTime: Date;
  readonly description: string | undefined;
  readonly onStackFailure: OnStackFailure | undefined;
  readonly includeNestedStacks: boolean | undefined;
  readonly importExistingResources: boolean | undefined;
  readonly status: ChangeSetStatus;
  readonly statusReason: string | undefined;
  executionStatus: ExecutionStatus;
}
