/**
 * Loaded before the CDK CLI: loads what the CLI will load, which takes half a second, and holds it back until it gets its
 * arguments and its environment. So a command can start the CLI before it knows what to deploy, and where.
 */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What the CLI gets. */
export interface CdkCall {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

const require = createRequire(import.meta.url);
require(join(dirname(require.resolve('aws-cdk/package.json')), 'lib', 'index.js'));

// The command may be gone.
const leave = () => process.exit();
process.once('disconnect', leave);
const [{ args, environment }] = (await once(process, 'message')) as [CdkCall];
process.off('disconnect', leave);
process.disconnect();
process.argv.push(...args);
for (const name of Object.keys(process.env).filter((one) => !Object.hasOwn(environment, one))) {
  delete process.env[name];
}
Object.assign(process.env, environment);
