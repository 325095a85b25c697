import { endpointUrl } from '../client/endpoint/aws-environment.ts';
import { servingEndpoint } from '../client/endpoint/endpoint.ts';
import { deployedFunction, type Outputs, outputsOfSnapshot, shortName } from '../client/factory/deployed-names.ts';
import { factoryFunctions } from '../client/factory/factory-functions.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { lacking } from '../workshop/experiment/experiment.ts';
import { faultsAt } from '../workshop/experiment/fault-port.ts';
import type { PendingFaults } from '../workshop/experiment/pending-faults.ts';
import { hasFaultPort } from '../workshop/proof/proof-endpoint.ts';

const names = Object.keys(factoryFunctions).join(', ');

const program = command(
  'break',
  'Breaks the deployed factory on purpose, by the fault port of the embedded AWS (emulator/FAULTS.md), and heals it.',
  [
    'npm run break -- kill baking                     (its environments end)',
    'npm run break -- kill-at-work baking --times 2   (in its next invocations)',
    'npm run break -- fail sqs:SendMessage --function ordering --times 3',
    'npm run break -- delay dynamodb:PutItem --ms 500 --times 10',
    'npm run break -- deliver-twice --times 5         (messages of the bake queue)',
    'npm run break -- show                            (what is still to come)',
    'npm run break -- heal                            (takes that back)',
  ].join('\n  '),
);

interface Options {
  readonly snapshot?: number;
  readonly times: number;
  readonly function?: string;
  readonly error: string;
  readonly ms: number;
}

/** What is to be done, as it was typed. */
interface Asked {
  readonly what: string;
  readonly options: Options;
  readonly work: (factory: Factory, what: string, options: Options) => Promise<string>;
}

interface Factory {
  readonly endpoint: string;
  readonly outputs: Outputs;
}

const most = 1_000_000;
let asked: Asked | undefined;

/** A fault as a word of the command line. */
function fault(words: string, description: string, work: Asked['work']) {
  return program
    .command(words)
    .description(description)
    .option('--snapshot <number>', 'which snapshot', wholeNumber({ least: 0, most: 12 }), 12)
    .action((...given: unknown[]) => {
      const [what] = given;
      asked = { work, what: typeof what === 'string' ? what : '', options: given.at(-2) as Options };
    });
}

/** What checks the lists of the fault port is a quarter of this command, and most of its words ask for none. */
const loadPendingFaults = () => import('../workshop/experiment/pending-faults.ts');

const times = ['--times <number>', 'how often', wholeNumber({ least: 1, most }), 1] as const;
const ofFunction = ['--function <function>', `only calls of this one: ${names}`] as const;

fault('kill <function>', `end its execution environments: ${names}`, async ({ endpoint, outputs }, what) => {
  const killed = await faultsAt(endpoint).kill(deployedFunction(what, outputs));
  return killed === 0
    ? `No environment of ${what} was running. The next invocation starts one.`
    : `Killed ${killed} ${killed === 1 ? 'environment' : 'environments'} of ${what}. The next invocation starts another.`;
});

fault('kill-at-work <function>', 'end those that take its next invocations', async (factory, what, options) => {
  await faultsAt(factory.endpoint).killAtWork(deployedFunction(what, factory.outputs), options.times);
  return `The next ${counted(options.times, 'invocation')} of ${what} will end with work in hand.`;
}).option(...times);

fault('fail <call>', 'fail the next calls, such as sqs:SendMessage', async (factory, what, options) => {
  const { error: fail } = options;
  await faultsAt(factory.endpoint).breakCalls({ call: what, times: options.times, fail, ...byWhom(factory, options) });
  return `The next ${counted(options.times, 'call')} of ${what}${of(options)} will fail with ${fail}.`;
})
  .option(...times)
  .option(...ofFunction)
  .option('--error <code>', "the error's code", 'ServiceUnavailable');

fault('delay <call>', 'delay the next calls, such as dynamodb:PutItem', async (factory, what, options) => {
  const { ms: delayMs } = options;
  await faultsAt(factory.endpoint).breakCalls({
    ...{ call: what, times: options.times, delayMs },
    ...byWhom(factory, options),
  });
  return `The next ${counted(options.times, 'call')} of ${what}${of(options)} will take ${delayMs} ms longer.`;
})
  .option(...times)
  .option(...ofFunction)
  .requiredOption('--ms <number>', 'milliseconds', wholeNumber({ least: 1, most: 900_000 }));

fault('deliver-twice', 'hand out the next messages of the bake queue twice', async (factory, _what, options) => {
  const queueUrl = factory.outputs['BakeQueueUrl'];
  if (queueUrl === undefined) {
    throw new UserError('This snapshot has no bake queue. Snapshots 8 to 12 have one.');
  }
  await faultsAt(factory.endpoint).deliverTwice(queueUrl, options.times);
  return `The next ${counted(options.times, 'message')} of the bake queue will be delivered twice.`;
}).option(...times);

fault('show', 'show what runs, and what is still to come', async ({ endpoint, outputs }) => {
  const running = await Promise.all(
    Object.entries(factoryFunctions).flatMap(([short, { output }]) => {
      const name = outputs[output];
      return name === undefined ? [] : [describeEnvironments(endpoint, short, name)];
    }),
  );
  const { pendingFaults } = await loadPendingFaults();
  const pending = linesOf(await pendingFaults(endpoint), outputs);
  return [...running, '', ...(pending.length > 0 ? pending : ['No fault is still to come.'])].join('\n');
});

fault('heal', 'take back what is still to come', async ({ endpoint, outputs }) => {
  const { heal } = await loadPendingFaults();
  const healed = linesOf(await heal(endpoint), outputs);
  return healed.length > 0 ? `Taken back:\n${healed.join('\n')}` : 'There was nothing to heal.';
});

await runCommand(program, async () => {
  if (!asked) {
    program.help();
    return 0;
  }
  const endpoint = (await servingEndpoint(endpointUrl())).url;
  if (!(await hasFaultPort(endpoint))) {
    throw new UserError(`${endpoint} cannot be broken: ${lacking.faults}.`);
  }
  const outputs = await outputsOfSnapshot(endpoint, asked.options.snapshot);
  console.log(await asked.work({ endpoint, outputs }, asked.what, asked.options));
  return 0;
});

function counted(count: number, what: string): string {
  return count === 1 ? what : `${count} ${what}s`;
}

function of({ function: name }: Options): string {
  return name === undefined ? '' : ` by ${name}`;
}

function byWhom({ outputs }: Factory, { function: name }: Options) {
  return name === undefined ? {} : { function: deployedFunction(name, outputs) };
}

async function describeEnvironments(endpoint: string, short: string, name: string): Promise<string> {
  const environments = await faultsAt(endpoint).environments(name);
  const busy = environments.filter((environment) => environment.busy).length;
  return `${short.padEnd(10)} ${environments.length} running, ${busy} at work`;
}

function linesOf({ calls, kills, duplicates }: PendingFaults, outputs: Outputs): string[] {
  return [
    ...kills.map(({ function: name, times: left }) => `${shortName(name, outputs)}: killed at work, ${left} to come`),
    ...calls.map(({ call, function: name, fail, delayMs, left }) => {
      const what = [fail && `fails with ${fail}`, delayMs && `${delayMs} ms longer`].filter(Boolean).join(', ');
      return `${call}${name ? ` by ${shortName(name, outputs)}` : ''}: ${what}, ${left} to come`;
    }),
    ...duplicates.map(({ queueUrl, times: left }) => `${queueUrl}: delivered twice, ${left} to come`),
  ];
}
