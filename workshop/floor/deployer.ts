import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { knownAssembly } from '../../pipeline/assembly/known-assemblies.ts';
import { readStack, updateStack } from '../../pipeline/deployed-stack.ts';
import { liveVersions, parametersFor, pointAliases, type Versions } from '../../pipeline/versions.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import { deployStacks } from '../proof/deploy-stacks.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';

const repository = join(import.meta.dirname, '..', '..');

export interface DeployerOptions {
  readonly endpoint: string;
  readonly signal: AbortSignal;
  /** Called with what is being done. */
  readonly onStep: (step: string) => void;
}

/** Deploys snapshots with the CDK, as they are or as another build, and goes back to what ran before. */
export class Deployer {
  readonly #options: DeployerOptions;
  /** By stack, what ran before its last deploy. */
  readonly #before = new Map<string, Versions>();
  #builds = 0;

  constructor(options: DeployerOptions) {
    this.#options = options;
  }

  /** Deploys snapshots as they are. */
  async deploy(snapshots: readonly number[]): Promise<void> {
    await this.#deployFrom(repository, snapshots);
  }

  /** Deploys them as somebody would who has changed a line: from a copy, with other code in each function. */
  async deployAnother(snapshots: readonly number[]): Promise<void> {
    this.#builds += 1;
    this.#options.onStep('Copying the source, to change a line of it');
    const copy = await createWorkingCopy(repository);
    try {
      const roots = snapshots.flatMap((number) => rootsOf(snapshotNumbered(number)));
      for (const file of new Set(roots.map((root) => root.file))) {
        await copy.edit(file, (text) => `${text}\nObject.assign(globalThis, { floorBuild: ${this.#builds} });\n`);
      }
      await this.#remember(snapshots);
      await this.#deployFrom(copy.repository, snapshots);
    } finally {
      await copy.close();
    }
  }

  /** Whether any of these stacks has something to go back to. */
  canRollBack(stacks: readonly string[]): boolean {
    return stacks.some((stack) => this.#before.has(stack));
  }

  /** Points what runs at the versions before. */
  async rollBack(stacks: readonly string[]): Promise<void> {
    const { signal, onStep } = this.#options;
    await this.#withClients(async (cloudFormation, lambda) => {
      for (const name of stacks) {
        const versions = this.#before.get(name);
        const stack = versions && (await readStack(name, cloudFormation, signal));
        if (!versions || !stack) {
          continue;
        }
        onStep(`Pointing ${name} at the version before`);
        await updateStack(stack, { parameters: parametersFor(versions) }, cloudFormation, signal);
        await pointAliases(stack, versions, lambda);
        this.#before.delete(name);
      }
    });
  }

  async #remember(snapshots: readonly number[]): Promise<void> {
    await this.#withClients(async (cloudFormation, lambda) => {
      for (const stackName of snapshots.map(stackOfSnapshot)) {
        const stack = await readStack(stackName, cloudFormation, this.#options.signal);
        const versions = stack && (await liveVersions(stack, lambda));
        if (versions && Object.keys(versions).length > 0) {
          this.#before.set(stackName, versions);
        }
      }
    });
  }

  async #deployFrom(source: string, snapshots: readonly number[]): Promise<void> {
    const { endpoint, signal, onStep } = this.#options;
    const target = await mkdtemp(join(tmpdir(), 'floor-'));
    try {
      onStep('Bundling the functions and synthesising the stacks');
      const assembly = await knownAssembly({
        ...{ repository: source, target: join(target, 'cdk.out'), snapshots, deploys: ['Prod'], signal },
        environment: environmentFor(endpoint),
      });
      onStep('The CDK deploys');
      const stacks = snapshots.map((number) => assembly.stack(number, 'Prod'));
      await deployStacks(stacks, { endpoint, assembly: assembly.folder, signal, onProgress: () => {} });
    } finally {
      await rm(target, { recursive: true, force: true });
    }
  }

  async #withClients(use: (cloudFormation: CloudFormationClient, lambda: LambdaClient) => Promise<void>) {
    const configuration = clientConfiguration(this.#options.endpoint);
    const [cloudFormation, lambda] = [new CloudFormationClient(configuration), new LambdaClient(configuration)];
    try {
      await use(cloudFormation, lambda);
    } finally {
      cloudFormation.destroy();
      lambda.destroy();
    }
  }
}

/** The stack of a snapshot on the floor. */
export const stackOfSnapshot = (number: number): string => `Factor${String(number).padStart(2, '0')}-Prod`;
