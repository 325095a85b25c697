import type { Region } from '../../wire/operation.ts';

/** A resource's properties with every intrinsic function resolved. */
export type Properties = Readonly<Record<string, unknown>>;

/** What exists of a resource once its provider has made it. */
export interface Resource {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by attribute name; a nested one by its dotted name. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The circumstances of one resource in one stack. */
export interface ResourceContext {
  readonly region: Region;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** The type as the template names it: tells a provider that serves several (`Custom::*`) which one is meant. */
  readonly resourceType: string;
  /** Aborted where the stack is to wait for nothing outside of the endpoint any more. */
  readonly signal: AbortSignal;
  /** Tells, in the stack's events, for what and until when it waits. */
  waits(reason: string): void;
  /** A physical name that is unique and says where it comes from, as CloudFormation makes one; the same within an attempt. */
  physicalName(maxLength: number, options?: { readonly lowerCase?: boolean; readonly suffix?: string }): string;
}

/**
 * Makes, changes and removes the resources of one type.
 * A type or a property that is not served fails the stack by its name: nothing is skipped in silence.
 */
export interface ResourceProvider {
  /** `AWS::SQS::Queue`, or a family of types by its prefix: `Custom::*`. */
  readonly type: string;
  /**
   * Every property the provider serves; what a change of it does to the resource ("Update requires" on its AWS page).
   * The name `*` stands for all that are not named, where a type leaves its properties open.
   */
  readonly properties: Readonly<Record<string, 'in place' | 'replacement'>>;
  /** The property that gives a resource its name, where a template may: a replacement of the same name cannot be made. */
  readonly nameProperty?: string;
  /** What a resource of this type does not do here; its events say so, and so do the tools that show them. */
  readonly shortfall?: string;
  /** Properties, of those it serves, that are kept and shown and do nothing here, each with why: its events say so. */
  readonly recorded?: Readonly<Record<string, string>>;
  /** Members of `UpdatePolicy` that are kept and do nothing here, each with why. Others are refused. */
  readonly updatePolicies?: Readonly<Record<string, string>>;
  /** The same where it depends on the properties. */
  shortfallOf?(properties: Properties, logicalId: string): string | undefined;
  /**
   * What of the values that a template gives is not served, before anything is made, such as `#/Runtime: ...`. A value may be
   * an intrinsic function still.
   */
  refusals?(properties: Properties, logicalId: string): readonly string[];
  create(properties: Properties, context: ResourceContext): Promise<Resource>;
  /**
   * Changes what can be changed in place. It may only be left out where every property demands a replacement.
   * One that answers another physical id has replaced the resource by itself: the old one is deleted at the end.
   */
  update?(
    resource: Resource,
    properties: Properties,
    previous: Properties,
    context: ResourceContext,
  ): Promise<Resource>;
  /**
   * What the resource is now, as properties of a template: those that can be told, and only those. Undefined where it is gone.
   * Without it the type has no detection of drift.
   */
  read?(resource: Resource, context: ResourceContext): Promise<Properties | undefined>;
  /** The property that tells one resource from all others of its type, where one that is there already can be imported. */
  readonly identifier?: string;
  /** The resource that is there already, by its identifier. Undefined where there is none. */
  find?(identifier: string, context: ResourceContext): Promise<Resource | undefined>;
  /** Removes the resource. One that is already gone is no error. */
  delete(resource: Resource, properties: Properties, context: ResourceContext): Promise<void>;
}
