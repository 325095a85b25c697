import { join } from 'node:path';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { type AssembledStack, type Assembly, type Deploy, stageOf } from '../../pipeline/assembly/assembly.ts';
import { knownAssembly } from '../../pipeline/assembly/known-assemblies.ts';
import { UserError } from '../../terminal/command-line.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { rootsOf, snapshotNumbered, snapshotsIn } from '../snapshots.ts';
import { deployStacks, outputsOf } from './deploy-stacks.ts';

/** A snapshot to be looked at. */
export interface Subject {
  readonly number: number;
  /** Its folder in the repository, absolute. */
  readonly folder: string;
  /** The root of the repository, or of the copy with an attendee's own version. */
  readonly repository: string;
}

export interface DeploymentOptions {
  readonly endpoint: string;
  /** Whether the endpoint is a fresh one, of this proof alone. */
  readonly isOwn: boolean;
  readonly deploys: readonly Deploy[];
  readonly signal: AbortSignal;
  /** An empty folder for the assemblies of edited copies. */
  readonly scratch: string;
  readonly report: (progress: string) => void;
}

/** The stage of a snapshot at an endpoint: what is deployed of it now. */
export class DeployedSnapshot {
  readonly #subject: Subject;
  readonly #options: DeploymentOptions;
  readonly #stacks = new Map<Deploy, AssembledStack>();
  readonly #outputs = new Map<Deploy, Readonly<Record<string, string>>>();
  #copies = 0;

  constructor(subject: Subject, options: DeploymentOptions) {
    this.#subject = subject;
    this.#options = options;
  }

  /** Its stage, as CDK knows it. */
  get stage(): string {
    return stageOf(this.#subject.number);
  }

  /** Takes what its stage deploys from an assembly, to be deployed later. */
  stacksIn(assembly: Assembly): AssembledStack[] {
    for (const deploy of this.#options.deploys) {
      this.#stacks.set(deploy, assembly.stack(this.#subject.number, deploy));
    }
    return [...this.#stacks.values()];
  }

  /** Looks its outputs up again, after its stacks were deployed. */
  async refresh(): Promise<void> {
    for (const [deploy, { name }] of this.#stacks) {
      this.#outputs.set(deploy, await outputsOf(name, this.#options.endpoint));
    }
  }

  /** Deploys its stage from a copy of the repository, with what was edited there. */
  async deployFrom(repository: string): Promise<void> {
    const { endpoint, isOwn, deploys, signal, scratch, report } = this.#options;
    const { number } = this.#subject;
    this.#copies += 1;
    report(`deploying an edited ${stageOf(number)}`);
    const target = join(scratch, `${stageOf(number)}-${this.#copies}`);
    const assembly = await knownAssembly({
      ...{ repository, target, snapshots: [number], deploys, signal },
      environment: environmentFor(endpoint),
    });
    const onProgress = () => {};
    await deployStacks(this.stacksIn(assembly), { endpoint, isOwn, assembly: assembly.folder, signal, onProgress });
    await this.refresh();
  }

  /** As an experiment meets it. */
  underTest(): SnapshotUnderTest {
    const { endpoint, signal, report } = this.#options;
    const { region, credentials } = clientConfiguration(endpoint);
    return {
      ...this.#subject,
      ...{ endpoint, signal, report },
      roots: rootsOf(snapshotNumbered(this.#subject.number, snapshotsIn(this.#subject.repository))),
      outputs: (deploy = 'Prod') => this.#find(this.#outputs, deploy),
      template: (deploy = 'Prod') => this.#find(this.#stacks, deploy).template,
      clients: { endpoint, region, credentials },
      deployFrom: (repository) => this.deployFrom(repository),
    };
  }

  #find<T>(deployed: ReadonlyMap<Deploy, T>, deploy: Deploy): T {
    const found = deployed.get(deploy);
    if (found) {
      return found;
    }
    throw new UserError(
      `${stageOf(this.#subject.number)} has no ${deploy} here: the experiment must name it in "deploys".`,
    );
  }
}
