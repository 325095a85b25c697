import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { recognise } from '../../client/endpoint/recognise.ts';
import { deployedEnvironment, type Reach } from '../../client/factory/function-environment.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { deployStacks, outputsOf } from '../proof/deploy-stacks.ts';
import { openProofEndpoint, ownEndpoint, type ProofEndpoint } from '../proof/proof-endpoint.ts';
import { openWorkbench } from '../proof/workbench.ts';
import { calibrate } from './calibrate.ts';
import type { Calibration } from './measurement.ts';
import type { SideToOpen } from './run-scenario.ts';
import { openFunctionsSide } from './side/functions-side.ts';
import { openServersSide } from './side/servers-side.ts';

/** Where both sides are compared: an endpoint with the finished factory, and a kitchen that can be opened as servers. */
export interface Stage {
  /** What answers at the endpoint, for a person to read. */
  readonly kind: string;
  readonly url: string;
  /** Whether execution environments can be killed there. */
  readonly hasFaults: boolean;
  readonly sides: readonly SideToOpen[];
  /** Finds out what functions take by themselves; from then on they are billed by that. Undefined where it is not to be known. */
  calibrate(run: string): Promise<Calibration | undefined>;
  /** Whether the endpoint still answers. */
  isThere(): Promise<boolean>;
  close(): Promise<void>;
}

const repository = join(import.meta.dirname, '..', '..');
const finished = 12;
const servers = 3;

/** Finds an endpoint, or starts one, and deploys the finished factory to it. @throws UserError where it cannot */
export async function openStage(signal: AbortSignal, onStep: (step: string) => void): Promise<Stage> {
  onStep('looking for an endpoint');
  const served = await openProofEndpoint();
  try {
    const outputs = await deployFinished(served, signal, onStep);
    const { endpoint, region, credentials } = clientConfiguration(served.url);
    const reach = { endpoint, region, credentials };
    const hasFaults = served.capabilities.has('faults');
    const environment = await kitchenEnvironment(outputs, reach);
    let calibration: Calibration | undefined;
    const functions: SideToOpen = {
      name: 'functions',
      open: () =>
        openFunctionsSide({
          ...{ outputs, reach },
          ...(hasFaults && { faults: faultsAt(endpoint) }),
          ...(calibration && { durations: calibration.functions }),
        }),
    };
    return {
      ...{ kind: served.kind, url: served.url, hasFaults },
      sides: [
        { name: 'servers', open: (aborted) => openServersSide({ ...kitchen, environment, signal: aborted }) },
        functions,
      ],
      calibrate: async (run) => {
        calibration = await calibrate({ side: functions, run, signal });
        return calibration;
      },
      isThere: async () => (await recognise(new URL(served.url).origin)).is !== 'nothing',
      close: () => served.close(),
    };
  } catch (error) {
    await served.close();
    throw error;
  }
}

const kitchen = { root: join(repository, 'workshop', 'servers', 'stateful-kitchen.ts'), servers };

/** What the kitchen finds in its environment: what baking has, and the oven time that baking would find now. */
export async function kitchenEnvironment(outputs: Readonly<Record<string, string>>, reach: Reach) {
  const [lambda, ssm] = [new LambdaClient(reach), new SSMClient(reach)];
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: outputs['OvenTimeParameter'] }));
    const baking = await deployedEnvironment(outputs['BakingFunction'] ?? '', lambda, reach);
    return { ...baking, OVEN_MILLISECONDS: Parameter?.Value ?? '' };
  } finally {
    lambda.destroy();
    ssm.destroy();
  }
}

async function deployFinished(
  { url: endpoint, kind }: ProofEndpoint,
  signal: AbortSignal,
  onStep: (step: string) => void,
) {
  onStep('bundling and synthesising the finished factory');
  const pair = { factor: finished, before: finished, after: finished };
  const bench = await openWorkbench({ repository, pairs: [pair], deploys: ['Prod'], signal });
  try {
    const assembly = await bench.assembly();
    const stack = assembly.stack(finished, 'Prod');
    onStep(`deploying ${stack.name}`);
    const isOwn = kind === ownEndpoint;
    await deployStacks([stack], { endpoint, isOwn, assembly: assembly.folder, signal, onProgress: () => {} });
    return await outputsOf(stack.name, endpoint);
  } finally {
    await bench.close();
  }
}
