import { command, runCommand, UserError } from '../terminal/command-line.ts';

/** The HTTP services: the stack output that names the function of each, and the port that its server listens on. */
const services = {
  ordering: { output: 'OrderingFunction', portVariable: 'PORT', port: '8080' },
  metrics: { output: 'MetricsFunction', portVariable: 'METRICS_PORT', port: '9090' },
} as const;

const names = Object.keys(services).join(', ');

const program = command(
  'serve',
  'Runs a service of the deployed factory as a server of its own, on its own port, until Ctrl-C. Its log is on stdout.',
  'npm run serve -- ordering\n  PORT=8000 npm run serve -- ordering\n  METRICS_PORT=0 npm run serve -- metrics     (any port that is free)',
).argument('<service>', names);

await runCommand(program, async (signal) => {
  const [name = ''] = program.args;
  if (!isService(name)) {
    throw new UserError(`There is no service "${name}". The services are: ${names}.`);
  }
  // Imported late, with the SDK: --help and a refusal need none of it.
  const { ended, startLocalProcess } = await import('../client/factory/local-process.ts');
  const { output, portVariable, port } = services[name];
  const environment = { [portVariable]: process.env[portVariable] || port };
  const server = await startLocalProcess({ program: `functions/${name}/server.ts`, output, environment });
  return ended(server, signal);
});

function isService(name: string): name is keyof typeof services {
  return Object.hasOwn(services, name);
}
