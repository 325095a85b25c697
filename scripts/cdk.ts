import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCdkArguments } from '../client/cdk/cdk-arguments.ts';
import { runCdk } from '../client/cdk/cdk-cli.ts';
import { endpointUrl, environmentFor, environmentForAws } from '../client/endpoint/aws-environment.ts';
import { checkUrl, servingEndpoint } from '../client/endpoint/endpoint.ts';
import { command, runCommand } from '../terminal/command-line.ts';

const program = command(
  'cdk',
  'The plain CDK CLI against the endpoint in AWS_ENDPOINT_URL (default: the embedded AWS on port 4566).',
  "npm run cdk -- deploy 'Factor12/*'\n  npm run cdk -- --aws diff 'Factor12/*'     (AWS itself, with your own credentials)",
)
  .option('--aws', 'talk to AWS itself, with the credentials of your environment, after saying which they are')
  .option('--yes', 'with --aws: do not ask before')
  .argument('[args...]', "the CDK CLI's own arguments")
  .allowUnknownOption()
  .passThroughOptions();

interface Options {
  readonly aws?: boolean;
  readonly yes?: boolean;
}

await runCommand(program, async (signal) => {
  if (program.args.length === 0) {
    program.help({ error: true });
  }
  const { aws, yes } = program.opts<Options>();
  const args = readCdkArguments(program.args);
  if (aws) {
    const environment = environmentForAws();
    if (!args.isLocal) {
      // Imported late, with the SDK: nothing else here needs it.
      const { confirmAws } = await import('../client/cdk/confirm-aws.ts');
      await confirmAws(args, { isYes: yes || args.isYes, environment, signal });
    }
    return runCdk([...program.args, '--context', 'aws=true'], { environment, signal });
  }
  const url = endpointUrl();
  checkUrl(url);
  if (!args.isLocal) {
    await servingEndpoint(url);
  }
  if (args.isFullDeploy && args.stages) {
    // Imported late, with the SDK: nothing else here needs it. A deploy does not see what was swapped, or fails over it.
    const { undoSwapsOf } = await import('../pipeline/undo-swaps.ts');
    const stacks = args.stages.flatMap((stage) => [`${stage}-Prod`, `${stage}-Dev`]);
    await Promise.all(stacks.map((stack) => undoSwapsOf(stack, url, signal)));
  }
  const passed = [...program.args, ...(yes ? ['--yes'] : []), ...(args.stages ? onlyStages(args.stages) : [])];
  return runCdk(passed, { environment: environmentFor(url), signal });
});

/** Spares the build and the synthesis of the stages that are not asked for: the CDK CLI does not tell an app which those are. */
function onlyStages(stages: readonly string[]): string[] {
  const { build } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8')) as { build: string };
  const numbers = stages.map((stage) => stage.replace('Factor', ''));
  return ['--context', `stages=${stages.join(',')}`, '--build', [build, ...numbers].join(' ')];
}
