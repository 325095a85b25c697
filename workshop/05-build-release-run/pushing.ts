import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { placeOrder } from '../../client/factory/order-client.ts';
import { bundleFunctions } from '../../pipeline/assembly/bundle-functions.ts';
import { runCheck } from '../../pipeline/check.ts';
import { pushInOnePhase } from '../smells/one-phase-push.ts';
import type { Way, WayOptions } from './way.ts';

/** One phase: what is pushed runs, and is tested then. The way back is another push. */
export function pushing({ snapshot, copy, root, check }: WayOptions): Way {
  const lambda = new LambdaClient(snapshot.clients);
  const { OrderingFunction: functionName = '', OrderingUrl: url = '' } = snapshot.outputs();
  let builds = 0;

  async function build(): Promise<Uint8Array> {
    builds += 1;
    const target = join(copy.repository, 'dist', 'pushed');
    const roots = [{ name: 'ordering', file: root }];
    const [bundle] = await bundleFunctions({ repository: copy.repository, roots, target });
    return await readFile(bundle?.file ?? '');
  }

  /** What customers get now. */
  async function whatRuns(): Promise<string | undefined> {
    const running = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
    return running.CodeSha256;
  }

  async function push(): Promise<string | undefined> {
    let problem: string | undefined;
    const test = async () => {
      problem = (await failedCheck()) ?? (await failedOrder());
      return problem === undefined;
    };
    await pushInOnePhase({ build, test, functionName, lambda });
    return problem;
  }

  async function failedCheck(): Promise<string | undefined> {
    const { signal } = snapshot;
    try {
      await runCheck({ command: check, repository: copy.repository, signal, onLine: () => {} });
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      return (error as Error).message;
    }
  }

  async function failedOrder(): Promise<string | undefined> {
    const body = { customer: 'whoever pushed it', items: [{ recipe: 'chocolate-chip', quantity: 1 }] };
    const { status } = await placeOrder(url, body, { signal: snapshot.signal });
    return status === 202 ? undefined : `an order was answered ${status}`;
  }

  return {
    builds: () => builds,
    deliver: async () => {
      const before = await whatRuns();
      const problem = await push();
      const runs = (await whatRuns()) !== before;
      return { problem, tookNumber: runs, runs };
    },
    rollBack: async () => void (await push()),
    close: async () => lambda.destroy(),
  };
}
