import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Lets an assembly go to any account: as it is built, the CDK CLI refuses to deploy it to another than the local one
 * (infra/local-account.ts). It is deployed with the credentials at hand, and not with the roles of the bootstrap stack.
 */
export async function releaseFromLocalAccount(assembly: string): Promise<void> {
  const files = await readdir(assembly, { recursive: true });
  for (const file of files.filter((name) => /(^|[/\\])manifest\.json$/.test(name))) {
    const path = join(assembly, file);
    const manifest = await readFile(path, 'utf8');
    await writeFile(path, manifest.replaceAll('"aws://000000000000/', '"aws://unknown-account/'));
  }
}
