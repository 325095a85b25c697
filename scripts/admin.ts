import { endpointUrl } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { findEndpoint } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';

const program = command(
  'admin',
  [
    'Runs an admin task of the deployed factory once. Its log goes to stderr, its report to stdout. The tasks are:',
    '  cleanup  removes the orders that are past their time, and queues those that never were. Exits with 2 if it could',
    '           not read or process some orders. The log names them.',
    '  redrive  puts the dead letters back on the bake queue. Repair the cause first, or the messages fail again.',
  ].join('\n'),
  [
    'npm run admin -- cleanup --dry-run',
    'npm run --silent admin -- cleanup | jq .removed',
    'npm run admin -- redrive',
    'npm run admin -- redrive --aws     (on AWS itself, with your own credentials)',
  ].join('\n  '),
)
  .argument('<task>', 'cleanup or redrive')
  .option('--dry-run', 'only report what would be done', false)
  .option('--aws', 'redrive on AWS itself, with the credentials of your environment', false);

await runCommand(program, async (signal) => {
  const [task] = program.args;
  const { dryRun, aws } = program.opts<{ dryRun: boolean; aws: boolean }>();
  // Imported late, with the SDK: --help and a refusal need none of it.
  if (task === 'redrive') {
    const { factoryOutputs, factoryStack } = await import('../client/factory/deployed-factory.ts');
    const { redrive } = await import('../client/factory/redrive.ts');
    const configuration = aws ? ownConfiguration() : await endpointConfiguration();
    const deadLetterQueueUrl = (await factoryOutputs(configuration))?.['BakeDeadLetterQueueUrl'];
    if (!deadLetterQueueUrl) {
      throw new UserError(
        `The stack ${factoryStack} names no BakeDeadLetterQueueUrl. Deploy it: npm run cdk -- ${aws ? '--aws ' : ''}deploy 'Factor12/*'`,
      );
    }
    console.log(JSON.stringify(await redrive({ configuration, deadLetterQueueUrl, dryRun, signal }), undefined, 2));
    return 0;
  }
  if (task !== 'cleanup') {
    throw new UserError(`There is no task "${task}". The tasks are: cleanup, redrive.`);
  }
  if (aws) {
    throw new UserError('On AWS, invoke the function: aws lambda invoke, with {"task":"cleanup"} as payload.');
  }
  const { cleanUp } = await import('../client/factory/run-clean-up.ts');
  return await cleanUp(dryRun, signal);
});

async function endpointConfiguration() {
  const url = endpointUrl();
  if (!(await findEndpoint(url))) {
    throw new UserError(`Nothing answers at ${url}. Start the embedded AWS in another shell: npm run emulator`);
  }
  return clientConfiguration(url);
}

/** What the SDK finds by itself, but for an endpoint that the user works with besides. */
function ownConfiguration() {
  delete process.env['AWS_ENDPOINT_URL'];
  return {};
}
