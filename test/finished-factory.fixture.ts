import { join } from 'node:path';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { type FactoryOutputs, factoryOutputs } from '../client/factory/deployed-factory.ts';
import { knownAssembly } from '../pipeline/assembly/known-assemblies.ts';
import { deployDirectly } from '../pipeline/deploy-directly.ts';

const repository = join(import.meta.dirname, '..');

/**
 * Deploys the finished factory to a fresh embedded AWS for a test of something else. It is bundled and synthesised once for all
 * tests, and the CDK CLI is not asked: it takes more than the deploy.
 */
export async function deployFinished(endpoint: string): Promise<FactoryOutputs> {
  const { signal } = new AbortController();
  const assembly = await knownAssembly({
    repository,
    target: join(repository, 'node_modules', '.cache', 'finished'),
    snapshots: [12],
    deploys: ['Prod'],
    environment: environmentFor(endpoint),
    signal,
  });
  await deployDirectly([assembly.stack(12, 'Prod')], { endpoint, signal });
  const outputs = await factoryOutputs(endpoint);
  if (!outputs) {
    throw new Error(`The finished factory is not at ${endpoint}, where it was deployed just now.`);
  }
  return outputs;
}
