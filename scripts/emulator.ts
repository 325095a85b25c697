import { once } from 'node:events';
import { endpointUrl } from '../client/endpoint/aws-environment.ts';
import { checkUrl, startEmbedded } from '../client/endpoint/endpoint.ts';
import { recognise } from '../client/endpoint/recognise.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';

const program = command(
  'emulator',
  'Serves the embedded AWS on a loopback port until Ctrl-C. Everything it holds is in memory and ends with it.',
  'npm run emulator -- --port 4567',
)
  .option(
    '--port <number>',
    'the port to listen on, 0 for any free one (default: of AWS_ENDPOINT_URL, or 4566)',
    wholeNumber({ least: 0, most: 65_535 }),
  )
  .option(
    '--allow-host <name...>',
    'a host name by which clients may reach it, beside localhost and 127.0.0.1, such as host.docker.internal',
    [],
  )
  .option('--no-faults', 'close the fault port, which lets experiments break things (emulator/FAULTS.md)');

await runCommand(program, async (interrupted) => {
  const { port = defaultPort(), faults, allowHost } = program.opts<Options>();
  const there = port === 0 ? undefined : await recognise(`http://127.0.0.1:${port}`);
  if (there && there.is !== 'nobody') {
    const what = 'kind' in there ? there.kind : 'something else';
    throw new UserError(`Port ${port} is in use: ${what} answers there already. Choose another with --port.`);
  }
  const emulator = await startEmbedded({ port, faults, hosts: allowHost });
  console.log(`The embedded AWS serves at ${emulator.url}. Ctrl-C ends it.`);
  console.log(`See what happens in it: open ${emulator.url}/ in a browser (emulator/EVENTS.md).`);
  if (faults) {
    console.log(`Its fault port is open: ${emulator.url}/_emulator/faults/`);
  }
  if (process.stdout.isTTY) {
    console.log('In another shell: eval "$(npm run -s env)", then: npx cdk deploy \'Factor12/*\'');
  }
  if (!interrupted.aborted) {
    await once(interrupted, 'abort');
  }
  await emulator.close();
  return 0;
});

interface Options {
  readonly port?: number;
  readonly faults: boolean;
  readonly allowHost: readonly string[];
}

/** The port of the endpoint in use. */
function defaultPort(): number {
  const url = endpointUrl();
  checkUrl(url);
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
