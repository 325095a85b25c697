import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Listr } from 'listr2';
import { connectionTo } from '../client/endpoint/connection.ts';
import { findOrStartEndpoint } from '../client/endpoint/endpoint.ts';
import { deployFactory, type FactoryOutputs } from '../client/factory/deployed-factory.ts';
import { followOrder, type OrderBody, type OrderOptions, placeAcceptedOrder } from '../client/factory/order-client.ts';
import { command, runCommand } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { rendering } from '../terminal/task.ts';

const sideBySide = 20;
const noOrder: OrderBody = { customer: '', items: [] };

const ended = `
The embedded AWS ended with this command. To keep one: npm run emulator`;

const program = command(
  'start',
  'Starts the embedded AWS, deploys the finished factory with the CDK CLI, places orders and follows them until baked.',
  'npm start\n  npm start -- --once --orders 50',
)
  .option('--once', 'end after the report, also on a terminal')
  .option('--orders <number>', 'how many orders to place', wholeNumber({ least: 1, most: 10_000 }), 12);

await runCommand(program, async (signal) => {
  const started = performance.now();
  const { once: endAfterReport, orders } = program.opts<{ once?: boolean; orders: number }>();
  const endpoint = await findOrStartEndpoint();
  try {
    heading(`${endpoint.startedHere ? 'Started' : 'Using'} ${endpoint.kind} at ${endpoint.url}`);
    heading('Deploying the factory: cdk deploy Factor12/*');
    const factory = await deployFactory(endpoint.url, signal);
    heading(`Placing ${orders} orders at ${factory.OrderingUrl}`);
    const samples = await sampleOrders();
    const firstBaked = await takeOrders(factory, samples, orders, { endpoint: endpoint.url, signal });
    console.log(`\nFrom start to the first order BAKED: ${((firstBaked - started) / 1000).toFixed(1)} s`);
    const stay = endpoint.startedHere && process.stdout.isTTY && !endAfterReport;
    console.log(stay || !endpoint.startedHere ? whatNext(factory, endpoint.url) : ended);
    if (stay) {
      console.log('\nThe factory stays open until Ctrl-C.');
      if (!signal.aborted) {
        await once(signal, 'abort');
      }
    }
    return 0;
  } finally {
    await endpoint.close();
  }
});

/** Places the orders side by side and shows each on its way; returns the moment at which the first was seen BAKED. */
async function takeOrders(
  { OrderingUrl }: FactoryOutputs,
  samples: readonly OrderBody[],
  count: number,
  options: OrderOptions,
): Promise<number> {
  let firstBaked = Number.POSITIVE_INFINITY;
  const tasks = Array.from({ length: count }, (_, i) => ({
    title: `order ${i + 1}`,
    task: async (_context: unknown, task: { title: string; output: string | object }) => {
      const placed = await placeAcceptedOrder(OrderingUrl, samples[i % samples.length] ?? noOrder, options);
      const cookies = placed.items.reduce((sum, { quantity }) => sum + quantity, 0);
      const title = `order ${placed.orderId}, ${cookies} cookies`;
      task.title = title;
      task.output = `${title}: ${placed.status}`;
      const { order, bakedAfterMs } = await followOrder(OrderingUrl, placed.orderId, options);
      firstBaked = Math.min(firstBaked, performance.now());
      task.title = `${title}: ${order.status} after ${Math.round(bakedAfterMs)} ms`;
    },
  }));
  // Of several that fail, only one is the reason that the command ends with: each tells its own.
  const rendererOptions = { ...rendering.rendererOptions, showErrorMessage: true };
  await new Listr(tasks, { ...rendering, rendererOptions, concurrent: sideBySide }).run();
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
The factory:     ${OrderingUrl}
The recipe book: ${curl(new URL('recipes', OrderingUrl), endpoint)}
One function:    npm run invoke -- ordering events/ordering/place-order.json
The CDK CLI:     npm run cdk -- diff 'Factor12/*'`;
}

/** How to ask for a URL by hand: its name may lead to nobody, or to AWS, so the endpoint is asked for it. */
function curl(url: URL, endpoint: string): string {
  const { protocol, hostname, port, host } = connectionTo(url, endpoint);
  const there = new URL(`${protocol}//${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}${url.pathname}`);
  return there.host === host ? `curl ${there.href}` : `curl -H 'Host: ${host}' ${there.href}`;
}

function heading(text: string): void {
  console.log(`${styleText('cyan', '>', { stream: process.stdout })} ${text}`);
}
