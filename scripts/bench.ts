import { writeFile } from 'node:fs/promises';
import { command, runCommand } from '../terminal/command-line.ts';
import { startEndpointProcess } from './bench/endpoint-process.ts';
import { type Figure, showFigures } from './bench/figure.ts';
import { measureBundles } from './bench/measure-bundles.ts';
import { deployFromAssembly } from './bench/measure-deploy.ts';
import { measureEventStream } from './bench/measure-event-stream.ts';
import { measureFloorPage } from './bench/measure-floor-page.ts';
import { measureInvoke } from './bench/measure-invoke.ts';
import { measureOrders } from './bench/measure-orders.ts';
import { measureStart } from './bench/measure-start.ts';

const program = command(
  'bench',
  'Measures the figures that the project promises, on this machine, and prints them beside what they must be.',
  'npm run bench -- --json figures.json',
).option('--json <file>', 'also write the figures to a file');

await runCommand(program, async (signal) => {
  const { AWS_ENDPOINT_URL: named } = process.env;
  // The figures are promised of what comes with the project, and partly counted by it.
  if (named) {
    console.error(`Not measured: ${named} (AWS_ENDPOINT_URL). It measures embedded endpoints of its own.`);
  }
  const figures: Figure[] = [];
  const measure = async (what: string, figuresOf: () => Promise<readonly Figure[]>) => {
    console.error(`measuring ${what}`);
    figures.push(...(await figuresOf()));
    signal.throwIfAborted();
  };
  await measure('npm start', () => measureStart(signal));
  const endpoint = await startEndpointProcess();
  console.error(`Endpoint: an embedded AWS of its own at ${endpoint.url}`);
  try {
    await measure('the deploy', () => deployFromAssembly(endpoint, signal));
    await measure('a warm invoke', () => measureInvoke(endpoint));
    await measure('orders', () => measureOrders(endpoint));
  } finally {
    await endpoint.close();
  }
  await measure('the event stream', measureEventStream);
  await measure('the page of the floor', measureFloorPage);
  await measure('the bundles', measureBundles);
  console.log(showFigures(figures));
  const { json } = program.opts<{ json?: string }>();
  if (json) {
    await writeFile(json, `${JSON.stringify(figures, undefined, 2)}\n`);
  }
  return figures.every(({ met }) => met) ? 0 : 1;
});
