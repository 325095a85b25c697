import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, runCommand } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { widthFor } from '../terminal/text-table.ts';
import { type EndpointUnderTest, embeddedEndpoint, endpointAt } from './bench/endpoint-under-test.ts';
import { lookAtMachine } from './bench/machine.ts';
import { performancePage } from './bench/page.ts';
import { measureRounds } from './bench/rounds.ts';
import { rowsOf } from './bench/sample.ts';
import { textTable } from './bench/table.ts';

const page = join(import.meta.dirname, '..', 'docs', 'performance.md');

interface Options {
  readonly endpoint: readonly string[];
  readonly rounds: number;
  readonly orders: number;
  readonly growth?: true;
  readonly json?: string;
  readonly markdown?: true;
}

const program = command(
  'bench',
  'Measures how long the same work takes and what it costs, at an embedded AWS of its own and at other endpoints.',
  'npm run bench -- --endpoint http://127.0.0.1:4567 --markdown',
)
  .option('--endpoint <url>', 'also measure an endpoint that serves there; may be given again', collect, [])
  .option(
    '--rounds <number>',
    'how often each endpoint does the work, in turns',
    wholeNumber({ least: 1, most: 100 }),
    3,
  )
  .option('--orders <number>', 'orders in each measurement', wholeNumber({ least: 20, most: 10_000 }), 300)
  .option('--growth', 'also measure with 1,000, 10,000 and 50,000 orders, which takes long')
  .option('--json <file>', 'also write the figures to a file')
  .option('--markdown', 'also write docs/performance.md');

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/** What a table calls them: two of a kind by their ports, too. */
function namesOf(endpoints: readonly EndpointUnderTest[]): string[] {
  const isOnly = (name: string) => endpoints.filter((endpoint) => endpoint.name === name).length === 1;
  return endpoints.map(({ name, url }) => (isOnly(name) ? name : `${name} at ${new URL(url).host}`));
}

await runCommand(program, async (signal) => {
  const { endpoint: urls, rounds, orders, growth = false, json, markdown } = program.opts<Options>();
  const { AWS_ENDPOINT_URL: named } = process.env;
  if (named) {
    console.error(`Not measured: ${named} (AWS_ENDPOINT_URL). To measure it, name it with --endpoint.`);
  }
  const machineAfter = lookAtMachine();
  const endpoints: EndpointUnderTest[] = [];
  try {
    for (const url of urls) {
      endpoints.push(await endpointAt(url));
    }
    endpoints.unshift(await embeddedEndpoint());
    const samples = await measureRounds(endpoints, { rounds, orders, growth, signal });
    const names = namesOf(endpoints);
    const rows = rowsOf(samples);
    const machine = machineAfter();
    console.log(textTable(names, rows, widthFor(process.stdout)));
    console.log(`Load average: ${machine.load.before} before, ${machine.load.after} after, on ${machine.cores} cores.`);
    const date = new Date().toISOString().slice(0, 10);
    const typed = `npm run bench -- ${process.argv.slice(2).join(' ')}`.trim();
    const findings = { date, command: typed, rounds, orders, machine, endpoints: names, rows };
    if (json) {
      await writeFile(json, `${JSON.stringify(findings, undefined, 2)}\n`);
    }
    if (markdown) {
      await writeFile(page, performancePage(findings));
    }
    return 0;
  } finally {
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  }
});
