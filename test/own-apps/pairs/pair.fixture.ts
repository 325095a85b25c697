import type { Stack } from 'aws-cdk-lib';
import type { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';

/** The versions of an app: the first, and what it is updated to. */
export type Version = 1 | 2;

/** What a test does with an app that is deployed. */
export interface DeployedPair {
  /** A text that no other use of the app has. */
  readonly fresh: string;
  client<Client>(Class: new (configuration: ReturnType<typeof clientConfiguration>) => Client): Client;
  output(name: string): string;
  /** The bodies of the next messages of the queue with the URL that an output is: as many, in any order. */
  messages(output: string, count?: number): Promise<string[]>;
  /** The item of a table, once it is there. */
  item(output: string, id: string): Promise<Record<string, unknown>>;
  invoke(output: string, payload?: unknown): Promise<unknown>;
}

/**
 * A CDK app that brings two ingredients together. Its version decides what is in it and what it does: all that happens to
 * an app is then the same for each, which is why an app is no more than these two functions.
 */
export interface Pair {
  /** Of its stack. */
  readonly name: string;
  /** Makes the constructs of a version. Returns the outputs. */
  readonly build: (stack: Stack, version: Version) => Readonly<Record<string, string>>;
  /** Uses a deployed app, and expects what its version does. It is called again and again. */
  readonly use: (app: DeployedPair, version: Version) => Promise<void>;
}
