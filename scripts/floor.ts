import { once } from 'node:events';
import { namedEndpoint, startEmbedded } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { number, wholeNumber } from '../terminal/number-argument.ts';
import { runTask } from '../terminal/task.ts';
import type { Shown } from '../workshop/floor/floor.ts';
import { mostTraffic } from '../workshop/floor/protocol.ts';
import { defaultFloorPort } from '../workshop/floor/server/floor-port.ts';
import { snapshots } from '../workshop/snapshots.ts';

const finished = snapshots.length - 1;
const numberOf = wholeNumber({ least: 0, most: finished });
const parseSnapshot = (text: string): Shown => (text === 'servers' ? text : numberOf(text));

const program = command(
  'floor',
  'Shows one snapshot live in a browser, or two beside each other, with the same customers and the same faults.',
  'npm run floor -- 5 6\n  npm run floor -- 12 --traffic 10\n  npm run floor -- servers 12',
)
  .argument('[snapshot]', `a number from 0 to ${finished}`, parseSnapshot, finished)
  .argument(
    '[beside]',
    'another one, which is shown below it; `servers` and the last snapshot are a pair, too',
    parseSnapshot,
  )
  .option('--traffic <number>', 'new customers a second', number({ least: 0, most: mostTraffic }), 3)
  .option(
    '--port <number>',
    `the port of the page, 0 for any free one (default: ${defaultFloorPort}, or where that is in use, any free one)`,
    wholeNumber({ least: 0, most: 65_535 }),
  );

await runCommand(program, async (signal) => {
  const { traffic, port } = program.opts<{ traffic: number; port?: number }>();
  const chosen = program.processedArgs.filter((snapshot: Shown | undefined) => snapshot !== undefined) as Shown[];
  if (chosen.includes('servers') && !chosen.includes(finished)) {
    throw new UserError(
      `Servers are shown beside snapshot ${finished}, whose recipes they use: npm run floor -- servers ${finished}`,
    );
  }
  // Most of what this command is made of: loaded when it is known that there is something to show.
  const { openFloor } = await import('../workshop/floor/server/floor-server.ts');
  const endpoint = (await namedEndpoint()) ?? (await startEmbedded({ port: 0 }));
  try {
    const server = await openFloor({
      endpoint: endpoint.url,
      snapshots: [...new Set(chosen)],
      traffic,
      ...(port !== undefined && { port }),
    });
    try {
      console.log(`The factory floor: ${server.url}`);
      await runTask({
        title: 'deploying',
        signal,
        work: () => server.floor.deploy(),
        done: (_, seconds) => `deployed in ${seconds.toFixed(1)} s`,
      });
      console.log('It stays open until Ctrl-C.');
      if (!signal.aborted) {
        await once(signal, 'abort');
      }
      return 0;
    } finally {
      await server.close();
    }
  } finally {
    await endpoint.close();
  }
});
