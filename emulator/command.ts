import { once } from 'node:events';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { guardProcess, startEmulator } from './index.ts';

const usage = `Usage: embedded-aws [options]

Serves a local AWS on a loopback port until Ctrl-C. Everything it holds is in memory and ends with it.

  --port <number>       the port to listen on, 0 for any free one (default: 4566)
  --account <id>        the account that everything belongs to, 12 digits (default: 000000000000)
  --region <name>       the region that the printed environment names (default: us-east-1)
  --allow-host <name>   a host name by which clients may reach it, beside localhost; may be repeated
  --no-faults           close the fault port, which lets experiments break things (FAULTS.md)
  --help                show this`;

const options = {
  port: { type: 'string', default: '4566' },
  account: { type: 'string' },
  region: { type: 'string' },
  'allow-host': { type: 'string', multiple: true, default: [] },
  faults: { type: 'boolean', default: true },
  help: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options'];

try {
  await serve();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const { values } = parseArgs({ options, allowNegative: true });
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is a whole number from 0 to 65535, not ${values.port}.`);
  }
  guardProcess();
  const emulator = await startEmulator({
    port,
    faults: values.faults,
    hosts: values['allow-host'],
    ...(values.account !== undefined && { accountId: values.account }),
    ...(values.region !== undefined && { region: values.region }),
  });
  console.log(`# An embedded AWS serves at ${emulator.url}. Ctrl-C ends it. For another shell:`);
  for (const [name, value] of Object.entries(emulator.environment)) {
    console.log(`export ${name}=${value}`);
  }
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  await emulator.close();
}
