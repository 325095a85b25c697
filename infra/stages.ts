import { join } from 'node:path';
import { type Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Factory00 } from '../workshop/00-grandmas-kitchen/stack.ts';
import { Factory01 } from '../workshop/01-codebase/stack.ts';
import { Factory02 } from '../workshop/02-dependencies/stack.ts';
import { Factory03 } from '../workshop/03-config/stack.ts';
import { Factory04 } from '../workshop/04-backing-services/stack.ts';
import { Factory05 } from '../workshop/05-build-release-run/stack.ts';
import { Factory06 } from '../workshop/06-processes/stack.ts';
import { Factory07 } from '../workshop/07-port-binding/stack.ts';
import { Factory08 } from '../workshop/08-concurrency/stack.ts';
import { Factory09 } from '../workshop/09-disposability/stack.ts';
import { Factory10 } from '../workshop/10-dev-prod-parity/stack.ts';
import { Factory11 } from '../workshop/11-logs/stack.ts';
import type { FactoryProps } from './constructs/factory-props.ts';
import { CookieFactory } from './cookie-factory.ts';

/** The snapshots of the factory, by the name of the stage that deploys each. */
const factories: Readonly<Record<string, new (scope: Construct, id: string, props: FactoryProps) => Stack>> = {
  Factor00: Factory00,
  Factor01: Factory01,
  Factor02: Factory02,
  Factor03: Factory03,
  Factor04: Factory04,
  Factor05: Factory05,
  Factor06: Factory06,
  Factor07: Factory07,
  Factor08: Factory08,
  Factor09: Factory09,
  Factor10: Factory10,
  Factor11: Factory11,
  Factor12: CookieFactory,
};

export const stageNames: readonly string[] = Object.keys(factories);

/** What the stages deploy, and how often. */
export interface StagesProps {
  /** Folder of all bundles. @default - `dist`, where `npm run bundle` puts them */
  readonly bundles?: string;
  /** JSON file with the recipes of the house. @default - `infra/house-recipes.json` */
  readonly recipes?: string;
  /** The deploys of each stage. @default ['Prod'] */
  readonly deploys?: readonly Deploy[];
  /** The stages to add. @default - all of them */
  readonly only?: readonly string[];
}

export type Deploy = 'Dev' | 'Prod';

const repository = join(import.meta.dirname, '..');

/** Adds the stages to an app, each of which can be deployed by itself. */
export function addStages(app: Construct, props: StagesProps = {}): void {
  for (const name of props.only ?? stageNames) {
    addStage(app, name, name, props);
  }
}

/** Adds the stage of a snapshot, under any name. @throws UnknownStage */
export function addStage(app: Construct, id: string, name: string, props: StagesProps = {}): void {
  const Factory = factories[name];
  if (!Factory) {
    throw new UnknownStage(name);
  }
  const stage = new Stage(app, id);
  for (const deploy of props.deploys ?? ['Prod']) {
    new Factory(stage, deploy, {
      description: 'The 12-factor cookie factory',
      bundles: props.bundles ?? join(repository, 'dist'),
      recipes: props.recipes ?? join(repository, 'infra', 'house-recipes.json'),
    });
  }
}

/** Thrown at synthesis for a name that no snapshot has. */
export class UnknownStage extends Error {
  override readonly name = 'UnknownStage';

  constructor(name: string) {
    super(`There is no stage ${name}. The stages are: ${stageNames.join(', ')}`);
  }
}
