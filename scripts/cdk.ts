import { endpointUrl, environmentFor } from './aws-environment.ts';
import { runCdk } from './cdk-cli.ts';
import { command, runCommand, UserError } from './command-line.ts';
import { findEndpoint } from './endpoint.ts';

/** Commands that read or write what is deployed; the others only look at the code. */
const NEEDS_ENDPOINT = new Set([
  'bootstrap',
  'deploy',
  'destroy',
  'diff',
  'drift',
  'gc',
  'import',
  'refactor',
  'rollback',
  'watch',
]);

const program = command(
  'cdk',
  'The plain CDK CLI against the endpoint in AWS_ENDPOINT_URL (default: the embedded AWS on port 4566).',
  "npm run cdk -- deploy 'Factor12/*'\n  npm run cdk -- --aws diff 'Factor12/*'     (AWS itself, with your own credentials)",
)
  .option('--aws', 'talk to AWS itself, with the credentials of your environment')
  .argument('[args...]', "the CDK CLI's own arguments")
  .allowUnknownOption()
  .passThroughOptions();

await runCommand(program, async (signal) => {
  if (program.args.length === 0) program.help({ error: true });
  if (program.opts<{ aws?: boolean }>().aws) {
    const { AWS_ENDPOINT_URL: _, ...environment } = process.env;
    return runCdk([...program.args, '--context', 'aws=true'], { environment, signal });
  }
  const url = endpointUrl();
  const needed = program.args.find((arg) => NEEDS_ENDPOINT.has(arg));
  if (needed && !(await findEndpoint(url))) {
    throw new UserError(`Nothing answers at ${url}. Start the embedded AWS in another shell: npm run emulator`);
  }
  return runCdk(program.args, { environment: environmentFor(url), signal });
});
