import { Option } from 'commander';
import { awsEnvironment, endpointUrl } from '../client/endpoint/aws-environment.ts';
import { type Shell, shellCommands, shells } from '../client/endpoint/shell.ts';
import { command, runCommand } from '../terminal/command-line.ts';

const program = command(
  'env',
  'Prints the commands that point the AWS SDKs, the AWS CLI and the CDK CLI of a shell at the endpoint.',
  'eval "$(npm run -s env)"\n  npm run -s env -- --shell fish | source\n  npm run -s env -- --shell powershell | Out-String | Invoke-Expression',
).addOption(new Option('--shell <name>', 'the shell to print for').choices(shells).default('bash'));

await runCommand(program, async () => {
  const { shell } = program.opts<{ shell: Shell }>();
  console.log(shellCommands(shell, awsEnvironment(endpointUrl())));
  return 0;
});
