import { existsSync } from 'node:fs';
import { UserError } from '../../terminal/command-line.ts';
import { assemblyIn, type Deploy, stageOf } from './assembly.ts';

/** A stack in a build. */
export interface AssembledStack {
  /** What CloudFormation calls it: `Factor12-Prod`. */
  readonly name: string;
  /** What the CDK CLI selects it by: `Factor12/Prod`. */
  readonly selector: string;
  /** The names of the parameters that it takes. */
  readonly parameters: readonly string[];
  /** The file that says what is to be uploaded for it. */
  readonly assetManifest: string;
}

const last = 12;
/** The first stage whose functions have releases. */
const first = 5;

/** The snapshot that a stage deploys. @throws UserError for a stage that has no releases */
export function snapshotOf(stage: string): number {
  const number = Number(/^Factor(\d\d)$/.exec(stage)?.[1]);
  if (!(number >= 0 && number <= last)) {
    throw new UserError(`There is no stage ${stage}. The stages are ${stageOf(0)} to ${stageOf(last)}.`);
  }
  if (number < first) {
    throw new UserError(`${stage} has no releases: it runs what was deployed last. ${stageOf(first)} and later have.`);
  }
  return number;
}

/** Finds the stack of a deploy in an assembly. @throws UserError */
export function assembledStack(assembly: string, stage: string, deploy: string): AssembledStack {
  if (!isDeploy(deploy)) {
    throw new UserError(`There is no deploy ${deploy}. The deploys are Prod and Dev.`);
  }
  if (!existsSync(assembly)) {
    throw new UserError(`There is no assembly in ${assembly}.`);
  }
  const { name, selector, template, assetManifest } = assemblyIn(assembly).stack(snapshotOf(stage), deploy);
  return { name, selector, assetManifest, parameters: Object.keys(template['Parameters'] ?? {}) };
}

export const isDeploy = (name: string): name is Deploy => name === 'Dev' || name === 'Prod';
