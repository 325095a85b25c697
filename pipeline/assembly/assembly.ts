import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../../terminal/child.ts';
import { UserError } from '../../terminal/command-line.ts';

export type Deploy = 'Dev' | 'Prod';
export type Template = Readonly<Record<string, unknown>>;

/** The stage of a snapshot: `Factor06`. */
export const stageOf = (snapshot: number): string => `Factor${String(snapshot).padStart(2, '0')}`;

export interface SynthesisOptions {
  /** The root of the repository, or of a copy of it. */
  readonly repository: string;
  /** Where the assembly goes. */
  readonly target: string;
  readonly snapshots: readonly number[];
  readonly deploys: readonly Deploy[];
  /** Options for Node. @default - none */
  readonly nodeOptions?: readonly string[];
  /** Must name an endpoint, or the app refuses; what is made is the same for every one. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** One stack of a synthesised assembly. */
export interface AssembledStack {
  /** What the CDK CLI selects it by: `Factor06/Prod`. */
  readonly selector: string;
  /** What CloudFormation calls it: `Factor06-Prod`. */
  readonly name: string;
  readonly template: Template;
  /** The file that says what is to be uploaded for it: its code, and its template. */
  readonly assetManifest: string;
}

export interface Assembly {
  readonly folder: string;
  /** @throws UserError where it is not in the assembly */
  stack(snapshot: number, deploy: Deploy): AssembledStack;
}

/** Bundles snapshots and synthesises their stages, as the CDK CLI does, but without the second that it takes to load. */
export async function synthesise(options: SynthesisOptions): Promise<Assembly> {
  const { repository, target, snapshots, deploys, environment, signal, nodeOptions = [] } = options;
  const numbers = snapshots.map((number) => String(number).padStart(2, '0'));
  const { context } = JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')) as { context: object };
  const asked = { deploys: deploys.join(',').toLowerCase(), stages: snapshots.map(stageOf).join(',') };
  await runNode([...nodeOptions, 'scripts/assemble.ts', ...numbers], {
    ...{ cwd: repository, signal, what: 'Bundling and synthesising' },
    // How the CDK CLI hands an app its folder and its context.
    environment: { ...environment, CDK_OUTDIR: target, CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...asked }) },
  });
  return assemblyIn(target);
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly displayName?: string;
        readonly properties?: { readonly stackName?: string; readonly templateFile?: string; readonly file?: string };
      }
    >
  >;
}

/** An assembly that is there already. */
export function assemblyIn(folder: string): Assembly {
  return {
    folder,
    stack: (snapshot, deploy) => {
      const stage = join(folder, `assembly-${stageOf(snapshot)}`);
      const { artifacts } = JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')) as Manifest;
      const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
      const name = `${stageOf(snapshot)}-${deploy}`;
      const found = stacks.find(([id, { properties }]) => (properties?.stackName ?? id) === name);
      const file = found?.[1].properties?.templateFile;
      const assets = found && artifacts[`${found[0]}.assets`]?.properties?.file;
      if (!found || !file || !assets) {
        throw new UserError(`The assembly has no stack ${name}.`);
      }
      const template = JSON.parse(readFileSync(join(stage, file), 'utf8')) as Template;
      const selector = found[1].displayName ?? `${stageOf(snapshot)}/${deploy}`;
      return { selector, name, template, assetManifest: join(stage, assets) };
    },
  };
}
