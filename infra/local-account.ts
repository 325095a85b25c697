import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** The account of the embedded endpoint, LocalStack and MiniStack, which no AWS customer has. */
const localEnvironment = 'aws://000000000000/';
const anyEnvironment = 'aws://unknown-account/';

/**
 * Says in a cloud assembly that its stacks belong to the local account, so that the CDK CLI refuses to deploy or destroy
 * them with credentials of any other: a ready assembly (`cdk deploy --app cdk.out`) asks no app whether it may.
 *
 * A stack with an `env` of its own would have that account all over its template, as a literal. The manifests alone make the
 * CLI refuse, and templates and assets stay the same for every endpoint, AWS included. The roles of the bootstrap stack are
 * left out of them: the CLI compares accounts only where it has none to assume, and would ask AWS for one first.
 */
export function pinToLocalAccount(assembly: CloudAssembly): void {
  for (const { nestedAssembly } of assembly.nestedAssemblies) {
    pinToLocalAccount(nestedAssembly);
  }
  const { directory } = assembly;
  const manifests = readdirSync(directory).filter((file) => file === 'manifest.json' || file.endsWith('.assets.json'));
  for (const file of manifests) {
    const path = join(directory, file);
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'), pinned);
    writeFileSync(path, JSON.stringify(manifest, undefined, 2));
  }
}

/** A member of a manifest as it is to be (`@aws-cdk/cloud-assembly-schema`); undefined leaves it out. */
function pinned(name: string, value: unknown): unknown {
  if (name === 'assumeRoleArn' || name === 'lookupRole') {
    return undefined;
  }
  if (name === 'environment' && typeof value === 'string') {
    return value.replace(anyEnvironment, localEnvironment);
  }
  return value;
}
