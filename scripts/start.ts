import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Listr } from 'listr2';
import openInBrowser from 'open';
import { type LoadedCdk, loadCdk } from '../client/cdk/cdk-cli.ts';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { connectionTo } from '../client/endpoint/connection.ts';
import { checkIsThere, findOrStartEndpoint } from '../client/endpoint/endpoint.ts';
import { deployFactory, type FactoryOutputs, factoryStack } from '../client/factory/deployed-factory.ts';
import { factoryFunctions, isFunctionName } from '../client/factory/factory-functions.ts';
import { followOrder, type OrderBody, type OrderOptions, placeAcceptedOrder } from '../client/factory/order-client.ts';
import { knownAssembly } from '../pipeline/assembly/known-assemblies.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { onKeys } from '../terminal/keys.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { rendering, runTask } from '../terminal/task.ts';
import type { FloorServer } from '../workshop/floor/server/floor-server.ts';
import { anyEndpoint } from '../workshop/proof/workbench.ts';
import { rootsOf, snapshotNumbered } from '../workshop/snapshots.ts';

/** Orders that wait at the counter at the same time. */
const sideBySide = 4;
const finished = 12;
/** Customers a second who come to the floor while somebody looks at it. */
const traffic = 2;
const repository = join(import.meta.dirname, '..');
const noOrder: OrderBody = { customer: '', items: [] };

const ended = `
The embedded AWS ended with this command. To keep one: npm run emulator`;

const program = command(
  'start',
  'Starts the embedded AWS, deploys the finished factory with the CDK CLI, places orders and follows them until baked.',
  'npm start\n  npm start -- --once --orders 50\n  npm start -- --verbose     (all that the CDK CLI prints)',
)
  .option('--once', 'end after the report, also on a terminal')
  .option('--watch', 'stay, and swap the code of a function whenever its source in functions/ is saved')
  .option('--orders <number>', 'number of orders to place', wholeNumber({ least: 1, most: 10_000 }), 12)
  .option('--verbose', 'print all that the CDK CLI prints');

interface Options {
  readonly once?: boolean;
  readonly watch?: boolean;
  readonly orders: number;
  readonly verbose?: boolean;
}

await runCommand(program, async (signal) => {
  const started = performance.now();
  const { once: endAfterReport, watch = false, orders, verbose = false } = program.opts<Options>();
  if (endAfterReport && watch) {
    throw new UserError('--once ends after the report, and --watch stays: choose one of them.');
  }
  // The bundles and the templates are made while the endpoint starts, where they are not there from the time before.
  const assembling = assemble(signal);
  // Whoever awaits it hears of a failure, but something else may fail first.
  assembling.catch(() => undefined);
  // So is the CDK CLI: told later what to deploy, and where.
  const cli = loadCdk(verbose ? 'stderr' : 'lines');
  const endpoint = await findOrStartEndpoint().catch((error: unknown) => {
    cli.close();
    throw error;
  });
  let floor: FloorServer | undefined;
  let releaseKeys = () => {};
  try {
    if (!endAfterReport) {
      // Half of what this command is made of: loaded while the bundles are made, and not at all without a page.
      const { openFloor } = await import('../workshop/floor/server/floor-server.ts');
      floor = await openFloor({ endpoint: endpoint.url, snapshots: [finished], traffic });
      const { url } = floor;
      releaseKeys = onKeys({ o: () => void openInBrowser(url) });
      const hint = process.stdin.isTTY ? ' (press o to open it)' : '';
      heading(`See the factory floor live: ${url}${hint}`);
    }
    heading(`${endpoint.startedHere ? 'Started' : 'Using'} ${endpoint.kind} at ${endpoint.url}`);
    if (!endpoint.startedHere) {
      // Imported late: a new endpoint has nothing to undo. A deploy does not see what was swapped, or fails over it.
      const { undoSwapsOf } = await import('../pipeline/undo-swaps.ts');
      await undoSwapsOf(factoryStack, endpoint.url, signal);
    }
    heading('Deploying the factory: cdk deploy Factor12/*');
    const factory = await deploy(endpoint.url, assembling, { verbose, cli, signal });
    heading(`Placing ${orders} orders at ${place(factory.OrderingUrl, endpoint.url)}`);
    const samples = await sampleOrders();
    const firstBaked = await takeOrders(factory, samples, orders, { endpoint: endpoint.url, signal });
    console.log(`\nFrom start to the first order BAKED: ${((firstBaked - started) / 1000).toFixed(1)} s`);
    const staying = process.stdout.isTTY ? floor : undefined;
    console.log(staying || watch || !endpoint.startedHere ? whatNext(factory, endpoint.url) : ended);
    if (staying) {
      const whatStays = endpoint.startedHere ? 'The factory and its floor stay' : 'The floor stays';
      console.log(`\n${whatStays} open until Ctrl-C: ${staying.url}`);
    }
    if (watch) {
      await swapOnSave(factory, await assembling, endpoint.url, signal);
    } else if (staying && !signal.aborted) {
      await once(signal, 'abort');
    }
    return 0;
  } finally {
    releaseKeys();
    cli.close();
    await floor?.close();
    await endpoint.close();
  }
});

/** The folder of the finished factory's assembly. It is the same for every endpoint. */
async function assemble(signal: AbortSignal): Promise<string> {
  const { folder } = await knownAssembly({
    ...{ repository, signal, target: join(repository, 'cdk.out') },
    ...{ snapshots: [finished], deploys: ['Prod'], environment: environmentFor(anyEndpoint) },
  });
  return folder;
}

/** Swaps the code of functions on save, until the command is to end. */
async function swapOnSave(factory: FactoryOutputs, assembly: string, endpoint: string, signal: AbortSignal) {
  // Imported late, with esbuild: no other start needs it.
  const swap = await import('../pipeline/swap-on-save.ts');
  const { changesIn } = await import('../workshop/guide/changes.ts');
  const functions = rootsOf(snapshotNumbered(finished)).map(({ name, file }) => ({
    ...{ name, file },
    functionName: isFunctionName(name) ? (factory[factoryFunctions[name].output] ?? name) : name,
  }));
  heading(
    'Save a source in functions/, and its functions are swapped. What infra/ says takes a deploy. Ctrl-C ends it.',
  );
  await swap.swapOnSave({
    ...{ repository, functions, assembly, endpoint, target: join(repository, 'dist') },
    saves: changesIn(join(repository, 'functions'), signal),
    onLine: (line) => console.log(line),
  });
}

/** Deploys the factory in one line a stack, or with the CDK CLI's own words. */
async function deploy(
  endpoint: string,
  assembling: Promise<string>,
  { verbose, cli, signal }: { readonly verbose: boolean; readonly cli: LoadedCdk; readonly signal: AbortSignal },
): Promise<FactoryOutputs> {
  if (verbose) {
    return await deployFactory(endpoint, { assembly: await assembling, cli, signal });
  }
  return await runTask({
    title: factoryStack,
    signal,
    work: async (show) =>
      deployFactory(endpoint, { assembly: await assembling, cli, signal, onLine: (line) => show(line, true) }),
    done: (_outputs, seconds) => `${factoryStack}: deployed in ${seconds.toFixed(1)} s`,
  });
}

/** Places the orders side by side and shows each on its way; returns the moment at which the first was seen BAKED. */
async function takeOrders(
  { OrderingUrl }: FactoryOutputs,
  samples: readonly OrderBody[],
  count: number,
  options: OrderOptions,
): Promise<number> {
  let firstBaked = Number.POSITIVE_INFINITY;
  // With the first order that fails the others are given up, so that a person reads one reason and not many.
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  const order = { ...options, signal };
  const tasks = Array.from({ length: count }, (_, i) => ({
    title: `#${i + 1}`,
    task: async (_context: unknown, task: { title: string; output: string | object }) => {
      try {
        const placed = await placeAcceptedOrder(OrderingUrl, samples[i % samples.length] ?? noOrder, order);
        const cookies = placed.items.reduce((sum, { quantity }) => sum + quantity, 0);
        const title = `#${i + 1} ${placed.customer}, ${cookies} ${cookies === 1 ? 'cookie' : 'cookies'}`;
        task.title = title;
        task.output = `${title}: ${placed.status}`;
        const followed = await followOrder(OrderingUrl, placed.orderId, order);
        firstBaked = Math.min(firstBaked, performance.now());
        task.title = `${title}: ${followed.order.status} after ${Math.round(followed.bakedAfterMs)} ms`;
      } catch (error) {
        failure.abort(error);
        task.title = `${task.title}: given up`;
        throw new Error(task.title);
      }
    },
  }));
  await new Listr(tasks, { ...rendering, concurrent: sideBySide }).run();
  options.signal?.throwIfAborted();
  if (failure.signal.aborted) {
    if (options.endpoint) {
      await checkIsThere(options.endpoint);
    }
    throw failure.signal.reason;
  }
  return firstBaked;
}

/** The bodies of the sample orders in `events/ordering`. */
async function sampleOrders(): Promise<OrderBody[]> {
  const folder = join(import.meta.dirname, '..', 'events', 'ordering');
  const files = (await readdir(folder)).filter((file) => /^place-.*\.json$/.test(file)).sort();
  const events = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return events.map((event) => JSON.parse((JSON.parse(event) as { body: string }).body) as OrderBody);
}

function whatNext({ OrderingUrl }: FactoryOutputs, endpoint: string): string {
  return `
The factory:     ${place(OrderingUrl, endpoint)}
The recipe book: ${curl(new URL('recipes', OrderingUrl), endpoint)}
One function:    npm run invoke -- ordering events/ordering/place-order.json
The CDK CLI:     npm run cdk -- diff 'Factor12/*'`;
}

/** Where a person finds what a function URL names: the name may lead nowhere, or to AWS, so the endpoint is asked for it. */
function place(url: string, endpoint: string): string {
  const { there, host } = reach(new URL(url), endpoint);
  return host === undefined ? there : `${there} (with the header Host: ${host})`;
}

function curl(url: URL, endpoint: string): string {
  const { there, host } = reach(url, endpoint);
  return host === undefined ? `curl ${there}` : `curl -H 'Host: ${host}' ${there}`;
}

function reach(url: URL, endpoint: string): { readonly there: string; readonly host?: string } {
  const { protocol, hostname, port, host } = connectionTo(url, endpoint);
  const there = new URL(`${protocol}//${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}${url.pathname}`);
  return there.host === host ? { there: there.href } : { there: there.href, host };
}

function heading(text: string): void {
  console.log(`${styleText('cyan', '>', { stream: process.stdout })} ${text}`);
}
