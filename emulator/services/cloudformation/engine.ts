import type { Region } from '../../wire/operation.ts';
import type { ResourceProvider } from './provider.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Stacks } from './stack/stacks.ts';
import type { GetObject } from './template/template-source.ts';

/** What CloudFormation needs of the rest of the endpoint. */
export interface CloudFormationDeps {
  readonly providers: readonly ResourceProvider[];
  /** Reads a template that is named by `TemplateURL`. */
  readonly getObject: GetObject;
  /** The value of an SSM parameter, for parameters of an SSM type and for `{{resolve:ssm:name}}` (or `name:version`). */
  getParameter(name: string): string | undefined;
  /** A text in which host names that AWS would make of IDs are those that answer here. @default - texts are as they are */
  addressesIn?(text: string): string;
  /** The string of a secret, for `{{resolve:secretsmanager:...}}`. Without it such a reference is an error. */
  getSecretString?(secretId: string, version: SecretVersion): Promise<string | undefined> | string | undefined;
}

export interface SecretVersion {
  readonly stage?: string;
  readonly id?: string;
}

/** What the operations of CloudFormation in one region share. */
export interface Engine {
  readonly region: Region;
  readonly deps: CloudFormationDeps;
  readonly stacks: Stacks;
  readonly types: ResourceTypes;
}
