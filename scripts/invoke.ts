import { endpointUrl } from '../client/endpoint/aws-environment.ts';
import { type Endpoint, findOrStartEndpoint } from '../client/endpoint/endpoint.ts';
import { runSource } from '../client/factory/call-handler.ts';
import { deployFactory, type FactoryOutputs, factoryOutputs } from '../client/factory/deployed-factory.ts';
import { findEvent } from '../client/factory/event-file.ts';
import { type FunctionName, factoryFunctions, isFunctionName } from '../client/factory/factory-functions.ts';
import { invokeDeployed, showInvocation } from '../client/factory/invoke-deployed.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';

const names = Object.keys(factoryFunctions).join(', ');

const program = command(
  'invoke',
  'Invokes one function of the factory and prints its result, its log, its duration, and whether it started cold or warm.',
  'npm run invoke -- ordering events/ordering/place-order.json\n  npm run invoke -- baking --local --watch',
)
  .argument('<function>', names)
  .argument('[event]', 'a JSON file (default: a sample from events/)')
  .option('--local', 'run the source as it is on disk, with the configuration of the deployed function')
  .option('--watch', 'with --local: run again whenever a source or the event changes')
  .option('--inspect', 'with --local: wait for a debugger');

interface Options {
  readonly local?: boolean;
  readonly watch?: boolean;
  readonly inspect?: boolean;
}

await runCommand(program, async (signal) => {
  const [name = '', eventPath] = program.args;
  if (!isFunctionName(name)) {
    throw new UserError(`There is no function "${name}". The functions are: ${names}.`);
  }
  const options = program.opts<Options>();
  if ((options.watch || options.inspect) && !options.local) {
    throw new UserError('--watch and --inspect go with --local: a deployed function runs elsewhere.');
  }
  const event = await findEvent(name, eventPath);
  const endpoint = await findOrStartEndpoint(endpointUrl());
  try {
    const outputs = await deployedFactory(endpoint, signal);
    return await invoke(name, event, options, endpoint, outputs, signal);
  } finally {
    await endpoint.close();
  }
});

async function deployedFactory(endpoint: Endpoint, signal: AbortSignal): Promise<FactoryOutputs> {
  const outputs = await factoryOutputs(endpoint.url);
  if (outputs) {
    return outputs;
  }
  console.error('The factory is not deployed yet: deploying Factor12.');
  return deployFactory(endpoint.url, { signal });
}

async function invoke(
  name: FunctionName,
  event: { readonly path: string; readonly json: string },
  options: Options,
  endpoint: Endpoint,
  outputs: FactoryOutputs,
  signal: AbortSignal,
): Promise<number> {
  const functionName = outputs[factoryFunctions[name].output];
  if (!functionName) {
    throw new UserError(`The deployed stack does not say what ${name} is called. Deploy it again.`);
  }
  console.error(`${name} <- ${event.path}`);
  if (options.local) {
    return runSource({ name, functionName, eventPath: event.path, endpoint: endpoint.url, ...options }, signal);
  }
  // What customers get is what the alias runs, which may be another version than the one published last.
  const invocation = await invokeDeployed(endpoint.url, `${functionName}:live`, event.json, signal);
  showInvocation(invocation);
  return invocation.failed ? 1 : 0;
}
